namespace Reeve.Detection.Correlation;

/// <summary>One packed event or several, in the room of a reference for one. Immutable.</summary>
internal readonly struct PackedEvents
{
    private readonly object _events;

    /// <summary>One.</summary>
    public PackedEvents(byte[] packed) => _events = packed;

    /// <summary>Several, by time.</summary>
    public PackedEvents(byte[][] packed) => _events = packed;

    /// <summary>Them.</summary>
    public ReadOnlySpan<byte[]> All => _events is byte[] one ? new ReadOnlySpan<byte[]>([one]) : (byte[][])_events;

    /// <summary>How many.</summary>
    public int Count => _events is byte[] ? 1 : ((byte[][])_events).Length;
}
