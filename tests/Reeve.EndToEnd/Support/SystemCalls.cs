using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Reeve.EndToEnd.Support;

/// <summary>One system call of a trace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">The file behind its descriptor.</param>
/// <param name="Size">How many bytes it writes; 0 where it writes none.</param>
/// <param name="Bytes">Their beginning as the trace shows it, in hexadecimal where they are no text; empty where it shows none.</param>
/// <param name="Begun">The line of the trace where it was entered.</param>
/// <param name="Ended">The line where it returned; later than any other where it never did.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SystemCall(string Name, string Path, int Size, string Bytes, int Begun, int Ended)
{
    public bool IsWrite => Name.Contains("write", StringComparison.Ordinal);

    public bool IsSync => Name is "fdatasync" or "fsync";
}

/// <summary>Reads what <c>strace -f -y</c> wrote.</summary>
internal static partial class SystemCalls
{
    /// <summary>The calls in the order they were entered. A call that another thread interrupts stands on two lines.</summary>
    public static List<SystemCall> Read(string trace)
    {
        var calls = new List<SystemCall>();
        var open = new Dictionary<string, int>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(trace))
        {
            number++;
            if (Entered.Match(line) is { Success: true } entered)
            {
                var interrupted = line.EndsWith("<unfinished ...>", StringComparison.Ordinal);
                if (interrupted)
                    open[entered.Groups["thread"].Value] = calls.Count;
                calls.Add(new(
                    entered.Groups["name"].Value,
                    entered.Groups["path"].Value,
                    int.TryParse(entered.Groups["size"].Value, out var size) ? size : 0,
                    entered.Groups["bytes"].Value,
                    number,
                    interrupted ? int.MaxValue : number));
            }
            else if (Resumed.Match(line) is { Success: true } resumed && open.Remove(resumed.Groups["thread"].Value, out var index))
            {
                calls[index] = calls[index] with { Ended = number };
            }
        }

        return calls;
    }

    [GeneratedRegex(@"^(?<thread>\d+) +(?<name>\w+)\(\d+<(?<path>[^>]*)>(, ""(?<bytes>[^""]*)""\.*, (?<size>\d+))?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Entered { get; }

    [GeneratedRegex(@"^(?<thread>\d+) +<\.\.\. \w+ resumed>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Resumed { get; }
}
