using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Reeve.Audit;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;

namespace Reeve.Benchmarks.Reading;

/// <summary>What a reader's process measured; the yardstick prints the same.</summary>
/// <param name="Events">Events of one pass.</param>
/// <param name="Bytes">Bytes of the file.</param>
/// <param name="Seconds">The fastest pass.</param>
/// <param name="UnscrubbedSeconds">The fastest pass without scrubbing; only Reeve has one.</param>
internal sealed record ReaderTimes(long Events, long Bytes, double Seconds, double UnscrubbedSeconds = 0);

/// <summary><c>read FILE PASSES</c>: reads a file again and again in a process of its own, which the caller pins to one core.</summary>
internal static class ReaderPasses
{
    // The JIT compiles its best code only after a while, on the same core.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    private static readonly Argument<string> FileArgument = new("FILE");
    private static readonly Argument<int> PassesArgument = new("PASSES");

    public static Command CreateCommand()
    {
        var command = new Command("read") { FileArgument, PassesArgument };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(FileArgument), parsed.GetRequiredValue(PassesArgument)));
        return command;
    }

    private static void Run(string path, int passes)
    {
        var file = File.ReadAllBytes(path).AsMemory();
        var reader = new EventReader(new Scrubber(new ScrubKey(new byte[32])), new EventLimits());
        var restorer = new EventRestorer();
        var view = new AuditEvent();
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < WarmUp;)
        {
            Scrubbed(file, reader);
            Unscrubbed(file, restorer, view);
        }

        long events = 0;
        double seconds = double.MaxValue, unscrubbed = double.MaxValue;
        for (var pass = 0; pass < passes; pass++)
        {
            var begun = Stopwatch.GetTimestamp();
            events = Scrubbed(file, reader);
            seconds = Math.Min(seconds, Stopwatch.GetElapsedTime(begun).TotalSeconds);
            begun = Stopwatch.GetTimestamp();
            Unscrubbed(file, restorer, view);
            unscrubbed = Math.Min(unscrubbed, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }

        Console.WriteLine(JsonSerializer.Serialize(new ReaderTimes(events, file.Length, seconds, unscrubbed), JsonSerializerOptions.Web));
    }

    // As a file source does: the line is found, then read, checked and scrubbed.
    private static long Scrubbed(ReadOnlyMemory<byte> file, EventReader reader)
    {
        var sink = new FieldTotal();
        while (TryTakeLine(ref file, out var line))
            reader.Read(line, sink);
        return sink.Events;
    }

    // As the store's loader does with what was scrubbed before.
    private static void Unscrubbed(ReadOnlyMemory<byte> file, EventRestorer restorer, AuditEvent view)
    {
        var sink = new FieldTotal();
        while (TryTakeLine(ref file, out var line))
        {
            restorer.Restore(line, view);
            sink.Accept(view);
        }
    }

    private static bool TryTakeLine(ref ReadOnlyMemory<byte> rest, out ReadOnlyMemory<byte> line)
    {
        line = rest;
        if (rest.IsEmpty)
            return false;
        var end = rest.Span.IndexOf((byte)'\n');
        line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return true;
    }
}
