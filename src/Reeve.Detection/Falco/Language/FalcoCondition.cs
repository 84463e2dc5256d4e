using System.Collections.Immutable;

namespace Reeve.Detection.Falco.Language;

/// <summary>A condition as Falco writes it. A closed set of records.</summary>
internal abstract record FalcoCondition
{
    private FalcoCondition()
    {
    }

    /// <summary>All hold.</summary>
    public sealed record And(ImmutableArray<FalcoCondition> Parts) : FalcoCondition;

    /// <summary>One holds.</summary>
    public sealed record Or(ImmutableArray<FalcoCondition> Parts) : FalcoCondition;

    /// <summary>It does not hold.</summary>
    public sealed record Not(FalcoCondition Inner) : FalcoCondition;

    /// <summary>The condition of a macro.</summary>
    public sealed record Macro(string Name, int At) : FalcoCondition;

    /// <summary>A field compared.</summary>
    /// <param name="Field">Its name.</param>
    /// <param name="Argument">What stands in brackets behind it; null for none.</param>
    /// <param name="Operator">How; <c>exists</c> has no values.</param>
    /// <param name="Values">With what; of <c>in</c> and its like a list, some of which may be names of lists.</param>
    /// <param name="At">Where the field begins in the text.</param>
    public sealed record Check(string Field, string? Argument, string Operator, ImmutableArray<FalcoValue> Values, int At) : FalcoCondition;
}

/// <summary>A value of a condition.</summary>
/// <param name="Text">Its text.</param>
/// <param name="IsQuoted">Whether it stood in quotes, and so names no list.</param>
internal readonly record struct FalcoValue(string Text, bool IsQuoted);
