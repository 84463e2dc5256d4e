using Reeve.Detection.Conditions;

namespace Reeve.Detection.Sigma.Modifiers;

/// <summary>How many values a condition compares with.</summary>
internal static class ConditionSize
{
    /// <summary>The count; at least 1.</summary>
    public static int Of(Condition condition) => condition switch
    {
        Condition.All all => 1 + all.Parts.Sum(Of),
        Condition.Any any => 1 + any.Parts.Sum(Of),
        Condition.Not not => Of(not.Inner),
        Condition.Has { Test: ValueTest.AnyOf any } => any.Tests.Length,
        Condition.Keyword { Test: ValueTest.AnyOf any } => any.Tests.Length,
        _ => 1,
    };
}
