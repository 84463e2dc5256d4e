using System.Text;
using System.Text.Json;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching;
using Reeve.Detection.Tests.Support;

namespace Reeve.Detection.Tests.Matching;

public sealed class MatcherTests
{
    [Fact]
    public void Any_condition_means_to_the_matcher_what_it_means_to_the_slow_interpreter()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var conditions = new RandomConditions(random, RandomEvents.Paths, RandomEvents.Values);
            var events = new RandomEvents(random);
            Condition[] rules = [.. Enumerable.Range(0, 25).Select(_ => conditions.Next())];
            var session = Matcher.Compile([.. rules], []).NewSession();
            for (var count = 0; count < 30; count++)
            {
                var json = events.Next().ToJsonString(random.Next(2) == 0 ? JsonSerializerOptions.Web : Relaxed);
                using var document = JsonDocument.Parse(json);
                var expected = Enumerable.Range(0, rules.Length).Where(rule => NaiveInterpreter.Matches(rules[rule], document.RootElement));
                var matched = session.Match(Encoding.UTF8.GetBytes(json));
                Assert.True(expected.SequenceEqual(matched), $"seed {seed}: {Difference(rules, expected, matched)} of {json}");
            }
        }
    }

    [Fact]
    public void What_made_a_rule_match_is_told_and_what_was_denied_is_not()
    {
        var (verb, name) = (new Field.Path("verb"), new Field.Path("containers.image"));
        var rule = new Condition.All(
        [
            new Condition.Has(verb, new ValueTest.Is("CREATE", Cased: false)),
            new Condition.Any([new Condition.Has(name, new ValueTest.StartsWith("evil", Cased: true)), new Condition.Has(name, new ValueTest.Is("none", Cased: true))]),
            new Condition.Not(new Condition.Has(name, new ValueTest.Is("good", Cased: true))),
        ]);
        var session = Matcher.Compile([rule], [name]).NewSession();

        Assert.Equal([0], session.Match("""{"verb":"create","containers":[{"image":"evil/1"},{"image":"ok"},{"image":"evil/2"}]}"""u8.ToArray()));
        Assert.Equal([new(verb, "create"), new(name, "evil/1"), new(name, "evil/2")], session.Explain(0));
        var images = new List<string>();
        session.Read(name, images);
        Assert.Equal(["evil/1", "ok", "evil/2"], images);
    }

    [Fact]
    public void A_session_does_not_grow_with_what_senders_send()
    {
        var rule = new Condition.Has(new Field.Path("name"), new ValueTest.Contains("evil", Cased: false));
        var session = Matcher.Compile([rule], []).NewSession();
        byte[][] events = [.. Enumerable.Range(0, 200).Select(i => Encoding.UTF8.GetBytes($$"""{"name":"pod-{{i}}"}"""))];
        foreach (var json in events)
            session.Match(json);

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var json in events)
            session.Match(json);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static JsonSerializerOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Difference(Condition[] rules, IEnumerable<int> expected, IReadOnlyList<int> matched) =>
        string.Join("; ", expected.Except(matched).Select(rule => $"missed {Show(rules[rule])}").Concat(matched.Except(expected).Select(rule => $"wrongly {Show(rules[rule])}")));

    private static string Show(Condition condition) => condition switch
    {
        Condition.All all => $"all({string.Join(", ", all.Parts.Select(Show))})",
        Condition.Any any => $"any({string.Join(", ", any.Parts.Select(Show))})",
        Condition.Not not => $"not {Show(not.Inner)}",
        Condition.Has { Test: ValueTest.AnyOf any } has => $"{has.Field} {(has.Every ? "all " : "")}any of({string.Join(", ", any.Tests)})",
        Condition.Has { Test: ValueTest.Like like } has => $"{has.Field} like {string.Join(" ", like.Pieces)} {like.Cased}",
        _ => condition.ToString(),
    };
}
