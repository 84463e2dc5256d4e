using System.Text.RegularExpressions;
using Reeve.Detection.Conditions;
using Reeve.Detection.Sigma.Values;

namespace Reeve.Detection.Sigma.Modifiers;

/// <summary>Regular expressions of rules: only those that can be run without ever going back.</summary>
internal static class Patterns
{
    private const int LongestPattern = 4096;

    /// <summary>The test, if the pattern is one that cannot stall.</summary>
    public static ValueTest.Matches Check(DetectionItem item, SigmaValue value)
    {
        var pattern = value.Raw!;
        if (pattern.Length > LongestPattern)
            throw item.Wrong(value, $"the pattern has {pattern.Length} characters; {LongestPattern} are the most");
        if (PatternSize.Fault(pattern) is { } fault)
            throw item.Wrong(value, fault);
        var matches = new ValueTest.Matches(pattern, item.IgnoreCase, item.Multiline, item.Singleline);
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return matches;
        }
        catch (ArgumentException failure)
        {
            throw item.Wrong(value, $"this is no regular expression: {failure.Message}");
        }
        catch (NotSupportedException)
        {
            throw item.Wrong(value, "the pattern looks around, refers back or grows too large; Sigma's are made of . ^ $ * + ? {n,m} [ ] | ( ) alone");
        }
    }
}
