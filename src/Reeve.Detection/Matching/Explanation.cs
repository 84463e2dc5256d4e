using Reeve.Detection.Conditions;
using Reeve.Detection.Matching.Nodes;
using Reeve.Detection.Matching.Slots;

namespace Reeve.Detection.Matching;

/// <summary>Collects which values made a condition hold: where they stand, so that nothing is copied that nobody keeps. Not thread-safe.</summary>
internal sealed class Explanation(MatchSession session)
{
    private const int MostValues = 50;

    private readonly List<(Slot Slot, int Index)> _found = [];

    /// <summary>The values that made a condition hold, each once; true until the next call or the session's next event.</summary>
    public IReadOnlyList<(Slot Slot, int Index)> Of(Node node)
    {
        _found.Clear();
        Add(node);
        return _found;
    }

    // Goes through the parts of a condition that speak for it; what stands under a "not" does not.
    private void Add(Node node)
    {
        if (node is NotNode || !node.Holds(session))
            return;
        if (node is LeafNode { Predicate: HasPredicate { Source: Condition.Has, IsAlways: false } has })
            Add(has);
        if (node is not GroupNode group)
            return;
        foreach (var part in group.Parts)
            Add(part);
    }

    private void Add(HasPredicate has)
    {
        var count = session.Count(has.Slot);
        for (var index = 0; index < count && _found.Count < MostValues; index++)
        {
            if (has.Passes(session.Value(has.Slot, index), session) && !IsFound(has.Slot, index))
                _found.Add((has.Slot, index));
        }
    }

    private bool IsFound(Slot slot, int index)
    {
        foreach (var (own, at) in _found)
        {
            if (own.Index == slot.Index && (at == index || session.Value(slot, at).SequenceEqual(session.Value(slot, index))))
                return true;
        }

        return false;
    }
}
