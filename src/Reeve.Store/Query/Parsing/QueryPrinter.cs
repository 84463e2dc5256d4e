using System.Text;

namespace Reeve.Store.Query.Parsing;

/// <summary>Writes a filter in canonical form: lower-case operators, explicit <c>or</c>, implicit <c>and</c>, quotes only where needed.</summary>
internal static class QueryPrinter
{
    public static string Print(QueryNode node)
    {
        var text = new StringBuilder();
        Write(text, node, inside: null);
        return text.ToString();
    }

    private static void Write(StringBuilder text, QueryNode node, QueryNode? inside)
    {
        switch (node)
        {
            case AndNode and:
                WriteOperands(text, and.Operands, " ", node, parenthesised: inside is not null and not OrNode);
                break;
            case OrNode or:
                WriteOperands(text, or.Operands, " or ", node, parenthesised: inside is not null);
                break;
            case NotNode not:
                text.Append("not ");
                Write(text, not.Operand, node);
                break;
            case TextNode word:
                WriteValue(text, word.Value, isText: true);
                break;
            case MatchNode match:
                text.Append(match.Field.Name).Append(':');
                WriteValue(text, match.Value, isText: false);
                break;
            case ExistsNode exists:
                text.Append(exists.Field.Name).Append(":*");
                break;
            case CompareNode compare:
                text.Append(compare.Field.Name).Append(':').Append(Symbol(compare.Comparison)).Append(compare.Value);
                break;
            default:
                throw new NotSupportedException($"a filter node without a text form: {node.GetType().Name}");
        }
    }

    private static void WriteOperands(StringBuilder text, NodeList operands, string separator, QueryNode node, bool parenthesised)
    {
        if (parenthesised)
            text.Append('(');
        for (var i = 0; i < operands.Count; i++)
        {
            if (i > 0)
                text.Append(separator);
            Write(text, operands[i], node);
        }

        if (parenthesised)
            text.Append(')');
    }

    private static string Symbol(Comparison comparison) => comparison switch
    {
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => ">=",
        _ => throw new NotSupportedException($"a comparison without a symbol: {comparison}"),
    };

    private static void WriteValue(StringBuilder text, QueryValue value, bool isText)
    {
        if (value.HasWildcards)
            WriteBare(text, value.Pattern, isText);
        else if (NeedsQuotes(value.Literal, isText))
            WriteQuoted(text, value.Literal);
        else
            text.Append(value.Literal);
    }

    private static bool NeedsQuotes(string literal, bool isText)
    {
        if (literal.Length == 0 || literal[0] is '-' or '<' or '>' || (isText && (literal.Contains(':') || QueryWords.IsOperator(literal))))
            return true;
        if (!isText && QueryWords.IsOperator(literal))
            return true;
        foreach (var c in literal)
        {
            if (QueryWords.EndsWord(c) || c is '"' or '\\' or '*' or '?')
                return true;
        }

        return false;
    }

    private static void WriteQuoted(StringBuilder text, string literal)
    {
        text.Append('"');
        foreach (var c in literal)
        {
            if (c is '"' or '\\')
                text.Append('\\');
            text.Append(c);
        }

        text.Append('"');
    }

    // A value with wildcards cannot be quoted, because quotes make them literal; its other special characters get a backslash.
    private static void WriteBare(StringBuilder text, string pattern, bool isText)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\')
                text.Append(c).Append(pattern[++i]);
            else if (QueryWords.EndsWord(c) || c == '"' || (isText && c == ':') || (i == 0 && c is '-' or '<' or '>'))
                text.Append('\\').Append(c);
            else
                text.Append(c);
        }
    }
}
