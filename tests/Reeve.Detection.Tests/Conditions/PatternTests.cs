using System.Text.RegularExpressions;
using Reeve.Detection.Conditions;
using Reeve.Detection.Conditions.Patterns;

namespace Reeve.Detection.Tests.Conditions;

public sealed class PatternTests
{
    private static readonly string[] Atoms =
    [
        "a", "b", "A", ".", "[ab]", "[^a]", @"\w", @"\d", @"\s", @"\W", "[]a]", "[a-c-[b]]", @"\x61", @"\.", "^", "$", @"\b", @"\B", @"\A", @"\z", @"\Z", "{", "é", "(?i)b", "(?i:a)", "(?s:.)", "(?m:^)", @"[\]b]", @"\p{Lu}", "(?<n>a)", "()",
    ];

    private static readonly string[] Counts = ["", "", "", "*", "+", "?", "{2}", "{1,}", "{0,2}", "*?", "{2,3}?"];

    // Each of them took .NET's engine more than 20 microseconds a character, or a gigabyte.
    public static TheoryData<string> Hostile =>
    [
        "a[ab]{999}c", string.Concat(Enumerable.Repeat("a[ab]{990}", 5)) + "c", "([ab]{0,9}a){10}c", string.Concat(Enumerable.Repeat("([ab]{0,9}a){9}", 20)) + "c",
        "(a[ab]{0,20})*c", "(a" + string.Concat(Enumerable.Repeat("[ab]?", 40)) + "b)*c", "([ab]?a?){20}c", "(a{0,1000}){0,2}c", "((a*)*)*c",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void With_a_character_no_pattern_visits_a_state_twice(string pattern)
    {
        var program = SafePattern.Compile(new ValueTest.Matches(pattern, IgnoreCase: false, Multiline: false, Singleline: false));
        var run = new PatternRun(program);
        var text = new string([.. Enumerable.Range(0, 3000).Select(at => (at * at) % 7 < 3 ? 'a' : 'b')]);

        Assert.False(run.Find(text, long.MaxValue));
        Assert.InRange(program.States.Count, 1, PatternProgram.MostStates);
        Assert.InRange(run.Steps, text.Length, (text.Length + 1L) * program.States.Count);
    }

    [Fact]
    public void A_pattern_ends_where_its_steps_do()
    {
        var program = SafePattern.Compile(new ValueTest.Matches("a[ab]{999}c", IgnoreCase: false, Multiline: false, Singleline: false));
        var run = new PatternRun(program);
        var text = new string('a', 100_000) + "c";

        Assert.Null(run.Find(text, 1_000_000));
        Assert.InRange(run.Steps, 1_000_000, 1_000_000 + program.States.Count);
        run.Steps = 0;
        Assert.True(run.Find(text, long.MaxValue));
    }

    [Fact]
    public void Patterns_mean_what_they_mean_to_dotnet()
    {
        var random = new Random(3);
        var (found, asked) = (0, 0);
        for (var round = 0; round < 4000; round++)
        {
            var test = new ValueTest.Matches(Pattern(random, 2), random.Next(2) == 0, random.Next(2) == 0, random.Next(2) == 0);
            if (SafePattern.Fault(test.Pattern, test) is not null)
                continue;
            var options = SafePattern.OptionsOf(test) | RegexOptions.NonBacktracking;
            var run = new PatternRun(SafePattern.Compile(test));
            for (var text = 0; text < 5; text++)
            {
                var value = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "aabbcAB.\n é1]"[random.Next(13)]));
                var expected = Regex.IsMatch(value, test.Pattern, options, TimeSpan.FromSeconds(10));
                Assert.True(expected == run.Find(value, long.MaxValue), $"{test} and '{value}'");
                (found, asked) = (found + (expected ? 1 : 0), asked + 1);
            }
        }

        Assert.True(found > 2000 && asked - found > 2000, $"{found} of {asked} are not worth much");
    }

    private static string Pattern(Random random, int depth) => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
        (depth > 0 && random.Next(4) == 0 ? $"({Pattern(random, depth - 1)}|{Pattern(random, depth - 1)})" : Atoms[random.Next(Atoms.Length)]) + Counts[random.Next(Counts.Length)]));
}
