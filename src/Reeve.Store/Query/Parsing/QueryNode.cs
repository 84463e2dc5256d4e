namespace Reeve.Store.Query.Parsing;

/// <summary>A search filter as a tree. The set of nodes is closed: whoever adds one must teach printer, SQL and evaluation about it.</summary>
public abstract record QueryNode
{
    private protected QueryNode()
    {
    }

    /// <summary>The filter in canonical form; parsing it gives an equal tree.</summary>
    public sealed override string ToString() => QueryPrinter.Print(this);
}

/// <summary>All operands hold. Made by <see cref="Of"/>, which keeps nested conjunctions flat.</summary>
public sealed record AndNode : QueryNode
{
    private AndNode(NodeList operands) => Operands = operands;

    /// <summary>Two or more filters, none of them an <see cref="AndNode"/>.</summary>
    public NodeList Operands { get; }

    /// <summary>The conjunction of one or more filters; a single one is itself.</summary>
    public static QueryNode Of(params IReadOnlyList<QueryNode> operands)
    {
        var flat = new List<QueryNode>(operands.Count);
        foreach (var operand in operands)
        {
            if (operand is AndNode and)
                flat.AddRange(and.Operands);
            else
                flat.Add(operand);
        }

        return flat is [var only] ? only : new AndNode(new NodeList(flat));
    }
}

/// <summary>At least one operand holds. Made by <see cref="Of"/>, which keeps nested disjunctions flat.</summary>
public sealed record OrNode : QueryNode
{
    private OrNode(NodeList operands) => Operands = operands;

    /// <summary>Two or more filters, none of them an <see cref="OrNode"/>.</summary>
    public NodeList Operands { get; }

    /// <summary>The disjunction of one or more filters; a single one is itself.</summary>
    public static QueryNode Of(params IReadOnlyList<QueryNode> operands)
    {
        var flat = new List<QueryNode>(operands.Count);
        foreach (var operand in operands)
        {
            if (operand is OrNode or)
                flat.AddRange(or.Operands);
            else
                flat.Add(operand);
        }

        return flat is [var only] ? only : new OrNode(new NodeList(flat));
    }
}

/// <summary>The operand does not hold.</summary>
public sealed record NotNode(QueryNode Operand) : QueryNode;

/// <summary>A free word or quoted phrase, looked for in the whole event.</summary>
/// <param name="Value">The words; wildcards only where the text was not quoted.</param>
public sealed record TextNode(QueryValue Value) : QueryNode;

/// <summary><c>field:value</c>: the field, or one item of a list, equals the value or matches its wildcards.</summary>
public sealed record MatchNode(QueryField Field, QueryValue Value) : QueryNode;

/// <summary><c>field:*</c>: the field is present and not empty.</summary>
public sealed record ExistsNode(QueryField Field) : QueryNode;

/// <summary><c>field:&gt;=value</c> on a number or a time.</summary>
/// <param name="Field">A field whose <see cref="QueryField.Kind"/> can be compared.</param>
/// <param name="Comparison">How.</param>
/// <param name="Value">The value as typed; it was checked to be of the field's kind.</param>
public sealed record CompareNode(QueryField Field, Comparison Comparison, string Value) : QueryNode;

/// <summary>An ordering of a field and a value.</summary>
public enum Comparison
{
    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,
}
