using Reeve.Commands;
using Reeve.Server.Sources.Files;

namespace Reeve.Scanning;

/// <summary>The log files that a command line names.</summary>
/// <param name="Paths">Files, and <see cref="LogReading.StandardInput"/>.</param>
/// <param name="Skipped">Files of folders that are not named like logs.</param>
internal sealed record LogFiles(IReadOnlyList<string> Paths, int Skipped)
{
    /// <summary>Finds them.</summary>
    /// <exception cref="CommandFailedException">One of the paths is not there.</exception>
    public static LogFiles Find(IReadOnlyCollection<string> paths)
    {
        var found = new LogFileFinder([.. paths.Where(path => path != LogReading.StandardInput)]).Find();
        if (found.Missing.Count > 0)
            throw new CommandFailedException(ExitCode.WrongUsage, $"{found.Missing[0]}: there is no such file or folder");
        return new(paths.Contains(LogReading.StandardInput) ? [.. found.Files, LogReading.StandardInput] : found.Files, found.Skipped);
    }

    /// <summary>Reads all of them. A file that cannot be read to its end costs nothing of the others: it is said, and the answer is false.</summary>
    /// <param name="reading">Reads one.</param>
    /// <param name="events">How many events were read so far.</param>
    /// <param name="found">What else was found so far, in words.</param>
    /// <param name="ct">Ends it.</param>
    public bool TryReadAll(LogReading reading, Func<long> events, Func<string> found, CancellationToken ct)
    {
        var sizes = Paths.Select(path => path == LogReading.StandardInput ? 0 : new FileInfo(path).Length).ToList();
        var progress = new ScanProgress(sizes.Sum());
        var (before, isWhole) = (0L, true);
        for (var at = 0; at < Paths.Count; at++)
        {
            try
            {
                reading.Read(Paths[at], position => progress.Show(before + position, events(), found), ct);
            }
            catch (Exception failure) when (LogContent.IsReadFailure(failure))
            {
                progress.Clear();
                Console.Error.WriteLine($"reeve: {Paths[at]}: cannot be read to its end: {failure.Message}");
                isWhole = false;
            }

            before += sizes[at];
        }

        progress.Clear();
        if (Skipped > 0)
            Console.Error.WriteLine($"{Skipped} files are not named like logs and were skipped");
        return isWhole;
    }
}
