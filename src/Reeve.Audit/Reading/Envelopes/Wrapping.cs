namespace Reeve.Audit.Reading.Envelopes;

/// <summary>What is known about bytes from the envelopes around them.</summary>
internal sealed record Wrapping
{
    /// <summary>Bytes as a source handed them over.</summary>
    public static Wrapping None { get; } = new();

    /// <summary>What the envelopes say, scrubbed; see <see cref="EnvelopeText"/>. Empty without one.</summary>
    public string Envelope { get; init; } = "";

    /// <summary>The form of the innermost envelope; empty without one.</summary>
    public string Form { get; init; } = "";

    /// <summary>The time the innermost envelope that names one names, UTC.</summary>
    public DateTime? SentAt { get; init; }

    /// <summary>What they say about the content.</summary>
    public StreamKind Stream { get; init; }

    /// <summary>How many there are.</summary>
    public int Depth { get; init; }

    /// <summary>The length of the content, in bytes without the line break at its end; 0 for a record as it came.</summary>
    public long ContentBytes { get; init; }
}
