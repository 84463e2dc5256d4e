using Reeve.Store.Query.Parsing;

namespace Reeve.Server.Ui.Filters;

/// <summary>Adds a field and its value to a filter as a person wrote it.</summary>
internal static class FilterTerm
{
    /// <summary>The filter with <c>field:value</c> also holding, or with <paramref name="exclude"/> not holding.</summary>
    public static string Add(string filter, string field, string value, bool exclude)
    {
        var term = $"{(exclude ? "-" : "")}{field}:{Value(value)}";
        var text = filter.Trim();
        if (text.Length == 0 || !QueryParser.TryParse(text, out var tree, out _))
            return term;
        return tree is OrNode ? $"({text}) {term}" : $"{text} {term}";
    }

    /// <summary>
    /// The filters that remain when one of the terms joined by "and" is left out, each with the term that was; none when
    /// there is only one term.
    /// </summary>
    public static IReadOnlyList<(string Term, string Looser)> LooserThan(string filter)
    {
        if (!QueryParser.TryParse(filter, out var tree, out _) || tree is not AndNode and)
            return [];
        return [.. and.Operands.Select((term, at) =>
            (term.ToString(), AndNode.Of([.. and.Operands.Where((_, other) => other != at)]).ToString()))];
    }

    private static string Value(string value) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or ':' or '_' or '@' or '-') && value[0] != '-'
            && !value.Equals("and", StringComparison.OrdinalIgnoreCase) && !value.Equals("or", StringComparison.OrdinalIgnoreCase)
            && !value.Equals("not", StringComparison.OrdinalIgnoreCase)
            ? value
            : $"\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
