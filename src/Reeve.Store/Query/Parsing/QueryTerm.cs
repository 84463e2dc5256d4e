namespace Reeve.Store.Query.Parsing;

/// <summary>Terms for values that come from events: whatever characters they hold, the filter finds them and nothing else.</summary>
public static class QueryTerm
{
    /// <summary><c>field:value</c>: the field is exactly this; the empty value is that of events without the field.</summary>
    /// <exception cref="ArgumentException">No field has that name.</exception>
    public static QueryNode Is(string field, string value) => new MatchNode(Field(field), QueryValue.Exactly(value));

    /// <summary><c>field:value*</c>: the field begins with this.</summary>
    /// <exception cref="ArgumentException">No field has that name.</exception>
    public static QueryNode BeginsWith(string field, string value) =>
        value.Length == 0 ? Exists(field) : new MatchNode(Field(field), QueryValue.FromPattern(QueryValue.Exactly(value).Pattern + "*"));

    /// <summary><c>field:*</c>: the field is there.</summary>
    /// <exception cref="ArgumentException">No field has that name.</exception>
    public static QueryNode Exists(string field) => new ExistsNode(Field(field));

    /// <summary><c>field:&gt;=value</c>.</summary>
    internal static QueryNode AtLeast(string field, string value) => new CompareNode(Field(field), Comparison.GreaterOrEqual, value);

    /// <summary><c>field:&lt;value</c>.</summary>
    internal static QueryNode Below(string field, string value) => new CompareNode(Field(field), Comparison.Less, value);

    private static QueryField Field(string name) => QueryFields.Find(name) ?? throw new ArgumentException($"'{name}' is no field", nameof(name));
}
