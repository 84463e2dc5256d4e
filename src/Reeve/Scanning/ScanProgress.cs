using System.Diagnostics;
using System.Globalization;

namespace Reeve.Scanning;

/// <summary>A line on the terminal that says how far reading logs is, how fast and how long it will take; nothing where there is no terminal.</summary>
internal sealed class ScanProgress(long total)
{
    private const int BarWidth = 24;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(150);

    private readonly bool _isShown = !Console.IsErrorRedirected;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = Every;

    /// <summary>Shows it, if it is time.</summary>
    /// <param name="bytes">The bytes read so far.</param>
    /// <param name="events">The events read so far.</param>
    /// <param name="found">What else was found so far, in words.</param>
    public void Show(long bytes, long events, Func<string> found)
    {
        if (!_isShown || _watch.Elapsed < _next)
            return;
        _next = _watch.Elapsed + Every;
        var rate = events / _watch.Elapsed.TotalSeconds;
        var part = total > 0 ? Math.Min(1, (double)bytes / total) : 0;
        var bar = total > 0 ? $"[{new string('#', (int)(part * BarWidth)).PadRight(BarWidth, '.')}] {part,4:P0}  " : "";
        var left = part > 0 ? $"  {Left(_watch.Elapsed * ((1 - part) / part))} left" : "";
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r\e[K{bar}{events:N0} events  {rate:N0}/s  {found()}{left}"));
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_isShown)
            Console.Error.Write("\r\e[K");
    }

    private static string Left(TimeSpan time) => time.TotalMinutes < 1 ? $"{Math.Ceiling(time.TotalSeconds)} s" : $"{Math.Ceiling(time.TotalMinutes)} min";
}
