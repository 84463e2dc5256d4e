namespace Reeve.Detection.Matching.Tests;

/// <summary>A test as it runs: over the UTF-8 of one value. Immutable; what it needs of the event is in the session.</summary>
internal abstract class BytesTest
{
    /// <summary>How dear it is, by comparison; cheap ones are asked first.</summary>
    public virtual int Cost => 1;

    /// <summary>Whether it depends on other fields of the event, so that the value alone does not tell.</summary>
    public virtual bool NeedsEvent => false;

    /// <summary>Whether the value passes.</summary>
    public abstract bool Passes(ReadOnlySpan<byte> value, MatchSession session);
}
