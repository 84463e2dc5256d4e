using Reeve.Detection.Conditions;
using Reeve.Detection.Matching.Slots;

namespace Reeve.Detection.Matching.Nodes;

/// <summary>Something that is so or not so of an event; rules that ask the same share it, and it is asked once an event. Immutable.</summary>
internal abstract class Predicate(Condition source)
{
    /// <summary>The condition it came from.</summary>
    public Condition Source { get; } = source;

    /// <summary>Its number among those of a matcher.</summary>
    public required int Index { get; init; }

    /// <summary>The slot that alone tells, if there is one.</summary>
    public virtual Slot? Slot => null;

    /// <summary>Whether the values of <see cref="Slot"/> alone tell, without the rest of the event.</summary>
    public virtual bool IsLocal => Slot is not null;

    /// <summary>What it says of a field without a value.</summary>
    public virtual bool WhenAbsent => false;

    /// <summary>How dear it is, by comparison.</summary>
    public abstract int Cost { get; }

    /// <summary>Asks the event.</summary>
    public abstract bool Holds(MatchSession session);
}
