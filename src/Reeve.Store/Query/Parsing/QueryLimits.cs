namespace Reeve.Store.Query.Parsing;

/// <summary>Bounds that keep any text harmless: parsing stays linear and its recursion shallow.</summary>
internal static class QueryLimits
{
    /// <summary>Characters of a filter.</summary>
    public const int Length = 8 * 1024;

    /// <summary>Parentheses and negations inside each other.</summary>
    public const int Depth = 40;

    /// <summary>Words and <c>field:value</c> terms in a filter.</summary>
    public const int Terms = 400;
}
