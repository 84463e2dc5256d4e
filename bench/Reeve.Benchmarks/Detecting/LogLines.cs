using System.Diagnostics;
using Reeve.Audit;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;

namespace Reeve.Benchmarks.Detecting;

/// <summary>A log in memory that is read again and again, and something done with each event. Not thread-safe.</summary>
internal sealed class LogLines(ReadOnlyMemory<byte> file) : IEventSink
{
    // The JIT compiles its best code only after a while.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    private readonly EventReader _reader = new(new Scrubber(new ScrubKey(new byte[32])), new EventLimits());
    private Action<AuditEvent, long>? _work;

    /// <summary>The events of one pass.</summary>
    public long Events { get; private set; }

    /// <summary>How often the log was read for the last figure.</summary>
    public int Runs { get; private set; }

    /// <summary>The nanoseconds an event of the fastest pass.</summary>
    public double Fastest(int passes, Func<Action<AuditEvent, long>?> work)
    {
        var fastest = double.MaxValue;
        Runs = 0;
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < WarmUp || passes-- > 0; Runs++)
        {
            (_work, Events) = (work(), 0);
            var start = Stopwatch.GetTimestamp();
            Read();
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Events);
        }

        return fastest;
    }

    /// <inheritdoc/>
    public void Accept(AuditEvent auditEvent)
    {
        Events++;
        _work?.Invoke(auditEvent, Events);
    }

    private void Read()
    {
        for (var rest = file; !rest.IsEmpty;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            _reader.Read(end < 0 ? rest : rest[..end], this);
            rest = end < 0 ? default : rest[(end + 1)..];
        }
    }
}
