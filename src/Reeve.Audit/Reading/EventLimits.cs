namespace Reeve.Audit.Reading;

/// <summary>How large an event may be.</summary>
public sealed record EventLimits
{
    /// <summary>The largest event that is kept whole, in bytes of JSON (<c>limits.event</c>).</summary>
    public int Event { get; init; } = 16 << 20;

    /// <summary>How much of a larger event is kept, in bytes.</summary>
    public int Kept { get; init; } = 256 << 10;
}
