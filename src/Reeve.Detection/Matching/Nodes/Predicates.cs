using Reeve.Detection.Conditions;
using Reeve.Detection.Matching.Slots;
using Reeve.Detection.Matching.Tests;

namespace Reeve.Detection.Matching.Nodes;

/// <summary>Values of a field pass a test.</summary>
internal sealed class HasPredicate(Condition.Has source, Slot slot, BytesTest test) : Predicate(source)
{
    public override Slot Slot => slot;

    public override bool IsLocal => !test.NeedsEvent;

    public override int Cost => test.Cost + CostOf(slot);

    public override bool Holds(MatchSession session)
    {
        var every = source.Every;
        var count = session.Count(slot);
        for (var index = 0; index < count; index++)
        {
            if (test.Passes(session.Value(slot, index), session) != every)
                return !every;
        }

        return every && count > 0;
    }

    /// <summary>Whether any value passes, so that it tells nothing.</summary>
    public bool IsAlways => test is AlwaysTest;

    /// <summary>Whether one value passes.</summary>
    public bool Passes(ReadOnlySpan<byte> value, MatchSession session) => test.Passes(value, session);

    internal static int CostOf(Slot slot) => slot.Kind switch
    {
        SlotKind.Text or SlotKind.Code => 1,
        SlotKind.List => 2,
        SlotKind.Path when slot.Part is JsonPart.Annotations or JsonPart.UserExtra => 10,
        SlotKind.Path => 40,
        _ => 100,
    };
}

/// <summary>A field stands in the event.</summary>
internal sealed class ExistsPredicate(Condition.Exists source, Slot slot) : Predicate(source)
{
    public override Slot Slot => slot;

    public override int Cost => HasPredicate.CostOf(slot);

    public override bool Holds(MatchSession session) => session.IsThere(slot);
}

/// <summary>A field has no value.</summary>
internal sealed class NullPredicate(Condition.IsNull source, Slot slot) : Predicate(source)
{
    public override Slot Slot => slot;

    public override bool WhenAbsent => true;

    public override int Cost => HasPredicate.CostOf(slot);

    public override bool Holds(MatchSession session) => session.Count(slot) == 0;
}

/// <summary>A value of one field stands so to a value of another.</summary>
internal sealed class RelatesPredicate(Condition.Relates source, Slot left, Slot right) : Predicate(source)
{
    public override int Cost => 20 + HasPredicate.CostOf(left) + HasPredicate.CostOf(right);

    public override bool Holds(MatchSession session)
    {
        var (lefts, rights) = (session.Texts(left), session.Texts(right));
        return lefts.Any(one => rights.Any(other => TextRelation.Holds(one, source.Relation, source.Cased, other)));
    }
}

/// <summary>Some value of the event passes a test.</summary>
internal sealed class KeywordPredicate(Condition.Keyword source, BytesTest test) : Predicate(source)
{
    public override int Cost => 1000;

    public override bool Holds(MatchSession session) => session.AnyScalar(test);
}
