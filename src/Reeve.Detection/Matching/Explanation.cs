using System.Text;
using Reeve.Detection.Conditions;
using Reeve.Detection.Matching.Nodes;

namespace Reeve.Detection.Matching;

/// <summary>Collects which values made a condition hold.</summary>
internal sealed class Explanation(MatchSession session, List<MatchedValue> found) : NodeVisitor
{
    private const int MostValues = 50;

    /// <inheritdoc/>
    protected override void Visit(LeafNode leaf)
    {
        if (leaf.Predicate is not HasPredicate { Source: Condition.Has source, IsAlways: false } has || !session.Ask(has))
            return;
        for (var index = 0; index < session.Count(has.Slot) && found.Count < MostValues; index++)
        {
            var value = session.Value(has.Slot, index);
            if (!has.Passes(value, session))
                continue;
            var matched = new MatchedValue(source.Field, Encoding.UTF8.GetString(session.Value(has.Slot, index)));
            if (!found.Contains(matched))
                found.Add(matched);
        }
    }

    /// <inheritdoc/>
    protected override bool Enters(Node node) => node.Holds(session);
}
