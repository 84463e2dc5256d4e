namespace Reeve.Store.Query.Parsing;

/// <summary>Why a filter cannot be understood, in words for the person who typed it.</summary>
/// <param name="Column">1-based column of the character where it went wrong; one past the end where something is missing.</param>
/// <param name="Found">What stands there, for example <c>')'</c> or <c>the end</c>.</param>
/// <param name="Expected">What would be right, for example <c>a value after 'user:'</c>.</param>
public sealed record QueryError(int Column, string Found, string Expected)
{
    /// <summary>One line: what, where, what to do.</summary>
    public override string ToString() => $"column {Column}: found {Found}, expected {Expected}";
}
