using Reeve.Audit;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;

namespace Reeve.Fuzzing.Targets;

/// <summary>The end of a line whose beginning was read before: none of its values stay but times.</summary>
internal sealed class RestTarget : IFuzzTarget, IEventSink
{
    private const int Longest = 512;

    private readonly EventReader _reader = new(new Scrubber(new ScrubKey(new byte[32])), new EventLimits());

    /// <inheritdoc/>
    public string Name => "rest";

    /// <inheritdoc/>
    public void Take(byte[] input) => _reader.ReadRest(input, default, this);

    /// <inheritdoc/>
    public void Accept(AuditEvent auditEvent)
    {
        if (auditEvent.Raw.Length > Longest || auditEvent.Integrity != Integrity.Fragment)
            throw new InvalidOperationException($"a rest became {auditEvent.Raw.Length} bytes, {auditEvent.Integrity}");
    }
}
