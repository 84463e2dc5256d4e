namespace Reeve.Audit.Reading;

/// <summary>How large an event may be.</summary>
public sealed record EventLimits
{
    /// <summary>The largest event that is kept whole, in bytes of JSON (<c>limits.event</c>).</summary>
    public int Event { get; init; } = 16 << 20;

    /// <summary>How much of a larger event is kept, in bytes; never more than <see cref="Event"/>.</summary>
    public int Kept
    {
        get => Math.Min(field, Event);
        init;
    } = 256 << 10;

    /// <summary>The most that the reader's own marks add to an event, in bytes.</summary>
    public const int LargestMark = 256;

    /// <summary>
    /// The largest <see cref="AuditEvent.Raw"/> that a reader gives, in bytes, whatever it reads: an event that
    /// fingerprints make larger than <see cref="Event"/> is cut.
    /// </summary>
    public int LargestRaw => Event + LargestMark;
}
