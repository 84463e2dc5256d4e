using System.Text;
using System.Text.RegularExpressions;
using Reeve.Detection.Conditions;
using Reeve.Detection.Conditions.Patterns;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching;

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
    public void A_session_gives_each_pattern_its_steps_with_each_event()
    {
        var has = new Condition.Has(new Field.Path("f"), new ValueTest.Matches("a[ab]{999}c", IgnoreCase: false, Multiline: false, Singleline: false));
        var session = Matcher.Compile([has], []).NewSession();
        byte[] Event(int length) => Encoding.UTF8.GetBytes($$"""{"f":["{{new string('a', length)}}","a{{new string('b', 999)}}c"]}""");

        Assert.Equal([0], session.Match(Event(1000)));
        Assert.Equal(0, session.UnfinishedPatterns);
        // Neither in this value nor in the next are there steps left.
        Assert.Empty(session.Match(Event(150_000)));
        Assert.Equal(2, session.UnfinishedPatterns);
        Assert.Equal([0], session.Match(Event(1000)));
        Assert.Equal(2, session.UnfinishedPatterns);
    }

    [Theory]
    [InlineData(@"\b")]
    [InlineData(@"\B")]
    [InlineData("^[^a-z]$")]
    public void Every_character_is_what_it_is_to_dotnet(string pattern)
    {
        var test = new ValueTest.Matches(pattern, IgnoreCase: true, Multiline: false, Singleline: false);
        var run = new PatternRun(SafePattern.Compile(test));
        var regex = new Regex(pattern, SafePattern.OptionsOf(test), TimeSpan.FromSeconds(10));

        Assert.DoesNotContain(Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c), c => regex.IsMatch([c]) != run.Find([c], long.MaxValue));
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
