using System.Collections.Immutable;
using Reeve.Detection.Fields;

namespace Reeve.Detection.Conditions;

/// <summary>
/// When a rule matches: what Sigma's detections and Falco's conditions both come down to. A closed set of records;
/// immutable.
/// </summary>
public abstract record Condition
{
    private Condition()
    {
    }

    /// <summary>Always or never.</summary>
    public sealed record Constant(bool Value) : Condition;

    /// <summary>All hold; true without any.</summary>
    public sealed record All(ImmutableArray<Condition> Parts) : Condition;

    /// <summary>At least one holds; false without any.</summary>
    public sealed record Any(ImmutableArray<Condition> Parts) : Condition;

    /// <summary>It does not hold.</summary>
    public sealed record Not(Condition Inner) : Condition;

    /// <summary>Values of a field pass a test. A field without a value passes none, whatever the quantifier; JSON's null is no value.</summary>
    /// <param name="Field">Whose values.</param>
    /// <param name="Test">The test.</param>
    /// <param name="Every">Whether every value has to pass, and there is one; otherwise one is enough.</param>
    public sealed record Has(Field Field, ValueTest Test, bool Every = false) : Condition;

    /// <summary>The field stands in the event, be its value null, empty, a list or an object.</summary>
    public sealed record Exists(Field Field) : Condition;

    /// <summary>The field is absent, null, or a list of nothing but nulls.</summary>
    public sealed record IsNull(Field Field) : Condition;

    /// <summary>A value of one field stands so to a value of the other: Sigma's <c>fieldref</c>.</summary>
    public sealed record Relates(Field Left, FieldRelation Relation, bool Cased, Field Right) : Condition;

    /// <summary>Some value of the event passes the test, whatever its field: Sigma's keywords.</summary>
    public sealed record Keyword(ValueTest Test) : Condition;
}

/// <summary>How the text of one field has to stand to that of another.</summary>
public enum FieldRelation : byte
{
    /// <summary>The same.</summary>
    Equals,

    /// <summary>It begins with the other.</summary>
    StartsWith,

    /// <summary>It ends with the other.</summary>
    EndsWith,

    /// <summary>It holds the other.</summary>
    Contains,
}
