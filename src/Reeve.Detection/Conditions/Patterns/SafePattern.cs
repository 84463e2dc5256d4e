using System.Text.RegularExpressions;

namespace Reeve.Detection.Conditions.Patterns;

/// <summary>
/// Regular expressions of rules, whatever language they stand in. They mean what they mean to .NET, and run as automata of at most
/// <see cref="PatternProgram.MostStates"/> states that never go back. .NET's own engine without going back is not enough: it
/// builds its states while it runs, and what repeats within what repeats took a gigabyte for a thousand characters.
/// </summary>
internal static class SafePattern
{
    /// <summary>The most characters of a pattern.</summary>
    public const int Longest = 4096;

    /// <summary>What is wrong with a pattern as a rule writes it, in words; null where it can run.</summary>
    /// <param name="pattern">The pattern as it is written.</param>
    /// <param name="test">The test that runs it.</param>
    public static string? Fault(string pattern, ValueTest.Matches test)
    {
        if (pattern.Length > Longest)
            return $"the pattern has {pattern.Length} characters; {Longest} are the most";
        try
        {
            // What breaks out of the test's own brackets is no pattern by itself.
            _ = new Regex(pattern, OptionsOf(test), Regex.InfiniteMatchTimeout);
            _ = Compile(test);
            return null;
        }
        catch (ArgumentException failure)
        {
            return $"this is no regular expression: {failure.Message}";
        }
        catch (PatternException failure)
        {
            return failure.Message;
        }
    }

    /// <summary>The automaton of a test.</summary>
    /// <exception cref="ArgumentException">It is no pattern.</exception>
    /// <exception cref="PatternException">It cannot run.</exception>
    public static PatternProgram Compile(ValueTest.Matches test)
    {
        var options = OptionsOf(test);
        _ = new Regex(test.Pattern, options, Regex.InfiniteMatchTimeout);
        return PatternProgram.Of(PatternParser.Parse(test.Pattern, options));
    }

    /// <summary>The same for .NET.</summary>
    public static RegexOptions OptionsOf(ValueTest.Matches test) =>
        RegexOptions.CultureInvariant
        | (test.IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None)
        | (test.Multiline ? RegexOptions.Multiline : RegexOptions.None)
        | (test.Singleline ? RegexOptions.Singleline : RegexOptions.None);
}
