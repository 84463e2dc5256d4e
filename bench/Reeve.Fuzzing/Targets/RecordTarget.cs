using System.Buffers;
using Reeve.Audit;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;

namespace Reeve.Fuzzing.Targets;

/// <summary>A record as a source hands it over: its events are bounded, and the same when they are read from the journal.</summary>
internal sealed class RecordTarget : IFuzzTarget, IEventSink
{
    // White space, and what parts the items of lists.
    private static readonly SearchValues<byte> Nothing = SearchValues.Create(" \t\r\n\uFEFF[],"u8);

    // Small, so that inputs exceed it.
    private static readonly EventLimits Limits = new() { Event = 16 << 10, Kept = 1 << 10 };

    private readonly EventReader _reader = new(new Scrubber(new ScrubKey(new byte[32])), Limits);
    private readonly EventRestorer _restorer = new();
    private readonly AuditEvent _restored = new();
    private int _events;

    /// <inheritdoc/>
    public string Name => "record";

    /// <inheritdoc/>
    public void Take(byte[] input)
    {
        _events = 0;
        _reader.Read(input, this);
        if (_events == 0 && input.AsSpan().ContainsAnyExcept(Nothing))
            throw new InvalidOperationException("a record with bytes gave no event");
    }

    /// <inheritdoc/>
    public void Accept(AuditEvent auditEvent)
    {
        _events++;
        if (auditEvent.Raw.Length > Limits.LargestRaw)
            throw new InvalidOperationException($"an event of {auditEvent.Raw.Length} bytes is larger than the limit");
        _restorer.Restore(auditEvent.Raw.ToArray(), _restored);
        if (!_restored.Raw.SequenceEqual(auditEvent.Raw))
            throw new InvalidOperationException("the journal gives other bytes");
        foreach (var field in Enum.GetValues<EventField>())
        {
            if (!_restored[field].SequenceEqual(auditEvent[field]))
                throw new InvalidOperationException($"the journal gives another {field}");
        }
    }
}
