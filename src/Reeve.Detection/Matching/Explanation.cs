using System.Text;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching.Nodes;

namespace Reeve.Detection.Matching;

/// <summary>Collects which values made a condition hold.</summary>
internal sealed class Explanation(MatchSession session, List<MatchedValue> found)
{
    private const int MostValues = 50;

    /// <summary>Goes through the parts of a condition that speak for it; what stands under a "not" does not.</summary>
    public void Add(Node node)
    {
        if (node is NotNode || !node.Holds(session))
            return;
        if (node is LeafNode { Predicate: HasPredicate { Source: Condition.Has source, IsAlways: false } has })
            Add(has, source.Field);
        foreach (var part in node is GroupNode group ? group.Parts : [])
            Add(part);
    }

    private void Add(HasPredicate has, Field field)
    {
        for (var index = 0; index < session.Count(has.Slot) && found.Count < MostValues; index++)
        {
            var value = session.Value(has.Slot, index);
            if (!has.Passes(value, session))
                continue;
            var matched = new MatchedValue(field, Encoding.UTF8.GetString(session.Value(has.Slot, index)));
            if (!found.Contains(matched))
                found.Add(matched);
        }
    }
}
