using System.Text.RegularExpressions;

namespace Reeve.Detection.Conditions.Patterns;

/// <summary>Regular expressions of rules, whatever language they stand in: only those run that never go back and are of bounded size.</summary>
internal static class SafePattern
{
    private const int Longest = 4096;

    /// <summary>What is wrong with a pattern as a rule writes it, in words; null where it can run.</summary>
    /// <param name="pattern">The pattern as it is written.</param>
    /// <param name="test">The test that runs it.</param>
    public static string? Fault(string pattern, ValueTest.Matches test)
    {
        if (pattern.Length > Longest)
            return $"the pattern has {pattern.Length} characters; {Longest} are the most";
        if (PatternSize.Fault(pattern) is { } fault)
            return fault;
        try
        {
            _ = Compile(test);
            return null;
        }
        catch (ArgumentException failure)
        {
            return $"this is no regular expression: {failure.Message}";
        }
        catch (NotSupportedException)
        {
            return "the pattern looks around, refers back or grows too large; those that can run are made of . ^ $ * + ? {n,m} [ ] | ( ) alone";
        }
    }

    /// <summary>The expression of a test, which no value can stall.</summary>
    /// <exception cref="ArgumentException">It is no pattern.</exception>
    /// <exception cref="NotSupportedException">It cannot run without going back.</exception>
    public static Regex Compile(ValueTest.Matches test) => new(test.Pattern, OptionsOf(test), Regex.InfiniteMatchTimeout);

    private static RegexOptions OptionsOf(ValueTest.Matches test) =>
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
        | (test.IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None)
        | (test.Multiline ? RegexOptions.Multiline : RegexOptions.None)
        | (test.Singleline ? RegexOptions.Singleline : RegexOptions.None);
}
