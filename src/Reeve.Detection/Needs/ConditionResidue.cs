using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Conditions;

namespace Reeve.Detection.Needs;

/// <summary>What is left of a condition where something of the event is known.</summary>
internal static class ConditionResidue
{
    /// <summary>The condition without the parts that are decided.</summary>
    public static Condition Of(Condition condition, PartialEvent known) => condition switch
    {
        Condition.All all => Joined(all.Parts, known, isAll: true),
        Condition.Any any => Joined(any.Parts, known, isAll: false),
        Condition.Not not => Of(not.Inner, known) is var inner && inner is Condition.Constant decided ? new Condition.Constant(!decided.Value) : new Condition.Not(inner),
        _ => known.Meets(condition) is { } met ? new Condition.Constant(met) : condition,
    };

    /// <summary>
    /// The level at which all is there that the undecided parts look for. What they only leave out does not count: without it more is
    /// found, not less.
    /// </summary>
    public static AuditLevel FullLevel(Condition condition, PartialEvent known) =>
        Of(condition, known).Affirmed().Select(FieldNeeds.FullLevel).DefaultIfEmpty(AuditLevel.Metadata).Max();

    private static Condition Joined(ImmutableArray<Condition> parts, PartialEvent known, bool isAll)
    {
        var left = new List<Condition>(parts.Length);
        foreach (var part in parts)
        {
            var residue = Of(part, known);
            if (residue is not Condition.Constant decided)
                left.Add(residue);
            else if (decided.Value != isAll)
                return decided;
        }

        return left.Count switch
        {
            0 => new Condition.Constant(isAll),
            1 => left[0],
            _ => isAll ? new Condition.All([.. left]) : new Condition.Any([.. left]),
        };
    }
}
