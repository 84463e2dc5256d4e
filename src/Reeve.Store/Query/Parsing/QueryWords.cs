namespace Reeve.Store.Query.Parsing;

/// <summary>The characters and words that mean something to the grammar.</summary>
internal static class QueryWords
{
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || char.IsControl(c);

    /// <summary>Whether a bare word or value cannot contain the character without a backslash.</summary>
    public static bool EndsWord(char c) => c is '(' or ')' || IsSpace(c);

    public static bool IsOperator(ReadOnlySpan<char> word) => IsAnd(word) || IsOr(word) || IsNot(word);

    public static bool IsAnd(ReadOnlySpan<char> word) => word.Equals("and", StringComparison.OrdinalIgnoreCase);

    public static bool IsOr(ReadOnlySpan<char> word) => word.Equals("or", StringComparison.OrdinalIgnoreCase);

    public static bool IsNot(ReadOnlySpan<char> word) => word.Equals("not", StringComparison.OrdinalIgnoreCase);
}
