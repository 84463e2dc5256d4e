namespace Reeve.Detection.Matching.Nodes;

/// <summary>A condition as it runs. Immutable.</summary>
internal abstract class Node
{
    /// <summary>How dear it is, by comparison.</summary>
    public abstract int Cost { get; }

    /// <summary>Whether it holds for the session's event.</summary>
    public abstract bool Holds(MatchSession session);

    /// <summary>What is left of it where some predicates are known; itself where none of its own are.</summary>
    public abstract Node Given(Func<Predicate, bool?> known);
}
