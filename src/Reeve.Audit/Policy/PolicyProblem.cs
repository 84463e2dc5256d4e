namespace Reeve.Audit.Policy;

/// <summary>Something wrong in an audit policy.</summary>
/// <param name="Path">What it is in, like <c>rules[2].resources[0].group</c>; empty for the policy as a whole.</param>
/// <param name="Message">What was found, what is expected, in one line.</param>
/// <param name="Check">The name of the check that found it; empty where programs need not tell it from others.</param>
public sealed record PolicyProblem(string Path, string Message, string Check = "")
{
    private const int LongestQuote = 80;

    /// <summary>What was found, in quotes; of what is long the beginning.</summary>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= LongestQuote ? $"'{text}'" : $"'{text[..LongestQuote]}…'";
    }
}
