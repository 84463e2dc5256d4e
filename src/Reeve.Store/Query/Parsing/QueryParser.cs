using System.Diagnostics.CodeAnalysis;

namespace Reeve.Store.Query.Parsing;

/// <summary>
/// Reads a filter as a person types it:
/// <code>
/// filter  = all *( "or" all )
/// all     = term *( [ "and" ] term )
/// term    = ( "not" | "-" ) term | "(" filter ")" | field ":" value | word | quoted
/// value   = "*" | ( "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) word | word | quoted | "(" values ")"
/// </code>
/// In words and values <c>*</c> and <c>?</c> are wildcards, <c>\</c> takes any character's meaning away, and <c>:</c> and
/// <c>/</c> need no quotes in a value. Never throws, whatever the text; time is linear in its length.
/// </summary>
public static class QueryParser
{
    /// <summary>Parses a filter. Empty text is no filter: true with a null <paramref name="filter"/>.</summary>
    /// <param name="text">What was typed; more than 8,192 characters are an error.</param>
    /// <param name="filter">The tree.</param>
    /// <param name="error">Why not, when the answer is false.</param>
    public static bool TryParse(string text, out QueryNode? filter, [NotNullWhen(false)] out QueryError? error)
    {
        filter = null;
        if (text.Length > QueryLimits.Length)
        {
            error = new QueryError(QueryLimits.Length + 1, $"{text.Length} characters", $"at most {QueryLimits.Length}");
            return false;
        }

        var grammar = new QueryGrammar(text);
        filter = grammar.Parse();
        error = grammar.Error;
        if (error is not null)
            filter = null;
        return error is null;
    }
}
