using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Reeve.Detection.Linting;
using Reeve.Detection.Matching;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;
using Reeve.Detection.Tests.Support;

namespace Reeve.Detection.Tests.Sigma;

/// <summary>Rules come from strangers: any text gives rules or problems with a place, and soon.</summary>
public sealed class SigmaFuzzTests
{
    private static readonly string[] Seeds =
    [
        "title: a\nid: i\nlevel: high\ndetection:\n  sel:\n    f|contains|all: [a, 'b*']\n    g|re|i: ^a(b|c){1,3}$\n  _n: ['x', 'y']\n  condition: sel and not 1 of _*\n",
        "title: a\nname: n\ndetection:\n  s: { f|base64offset|contains: xy, g|cidr: 10.0.0.0/8, h|fieldref: f, i|windash: -a /b, j|expand: '%f%', k|hour|gte: 3 }\n  condition: [s, all of them]\n---\ntitle: c\ncorrelation:\n  type: value_count\n  rules: [n]\n  group-by: [u, v]\n  aliases: { u: { n: f } }\n  timespan: 5m\n  condition: { field: g, gte: 3 }\n",
        "title: f\nfilter:\n  rules: [n]\n  s: { f: null }\n  condition: not s\n---\naction: global\nlevel: low\n---\naction: repeat\ntitle: z\n---\ntitle: t\ncorrelation: { type: temporal, rules: [a, c], timespan: 1h, condition: a and (c or not a) }\n",
    ];

    private static readonly string[] Modifiers =
    [
        "contains", "startswith", "endswith", "all", "exists", "cased", "neq", "windash", "re", "i", "m", "s", "base64", "base64offset", "utf16le", "utf16be", "utf16", "wide",
        "lt", "lte", "gt", "gte", "minute", "hour", "day", "week", "month", "year", "cidr", "expand", "fieldref", "other",
    ];

    private static readonly string[] Values = ["a", "'A*'", "'?b'", "'a\\*'", "''", "null", "5", "true", "'%g%'", "'-a'", "10.0.0.0/8", "'^a.?$'", "g", "[a, b]", "[5, null]", "[]", "{ g: a }"];

    private static readonly string[] Words = ["a", "b", "_c", "and", "or", "not", "(", ")", "1 of", "all of", "any of", "them", "a*", "|"];

    private static readonly JsonElement[] Events =
    [
        .. new[] { "{}", """{"f":"a","g":"A"}""", """{"f":["ab","10.1.2.3",null],"g":5}""", """{"f":"2024-07-10T05:05:05Z","g":{"x":"-a"}}""", """{"f":5,"g":"a"}""" }.Select(text => JsonDocument.Parse(text).RootElement),
    ];

    [Fact]
    public void Random_rules_run_as_the_slow_interpreter_says_or_have_one_error()
    {
        var random = new Random(3);
        string Pick(string[] from) => from[random.Next(from.Length)];
        string Item() => $"{Pick(["f", "g", "f.x", "''"])}{string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => "|" + Pick(Modifiers)))}: {Pick(Values)}";
        var (rules, errors) = (0, 0);
        for (var count = 0; count < 20_000; count++)
        {
            var condition = random.Next(3) == 0 ? string.Join(' ', Enumerable.Range(0, 1 + random.Next(6)).Select(_ => Pick(Words))) : Pick(["a", "a and not b", "1 of them", "b or _c"]);
            var text = $"title: t\ndetection:\n  a:\n    {Item()}\n  b:\n    - {Item()}\n    - x\n  _c: {Pick(["x", "[x, y]", "{ f: a }"])}\n  condition: '{condition}'\n";
            var reading = SigmaReader.Read([new RuleFile("f.yml", text)], new SigmaOptions());
            Assert.True(reading.Rules.Detections.Length == (reading.HasErrors ? 0 : 1), text);
            Assert.All(reading.Problems, problem => Assert.True(problem.Place is { File: "f.yml", Line: > 0, Column: > 0 }, $"{problem} in {text}"));
            rules += reading.Rules.Detections.Length;
            errors += reading.HasErrors ? 1 : 0;
            if (reading.HasErrors)
                continue;
            var session = new RuleSession(reading.Rules);
            foreach (var one in Events)
                session.Match(one);
        }

        Assert.True(rules > 1000 && errors > 1000, $"{rules} rules, {errors} errors: the texts are not worth much");
    }

    [Fact]
    public void No_text_makes_the_reader_throw_or_hang()
    {
        var mutator = new Mutator(5, [.. Seeds.Select(Encoding.UTF8.GetBytes)]);
        var (rules, problems) = (0, 0);
        for (var count = 0; count < 20_000; count++)
        {
            var text = Encoding.UTF8.GetString(mutator.Next(4096));
            var watch = Stopwatch.StartNew();
            var reading = SigmaReader.Read([new RuleFile("f.yml", text)], new SigmaOptions());
            _ = Linter.Check(reading.Rules).Count();
            var session = Matcher.Compile([.. reading.Rules.Detections.Select(rule => rule.Condition)], []).NewSession();
            session.Match("""{"f":"abc","g":"10.1.2.3","k":"2024-07-10T03:45:00Z"}"""u8.ToArray());
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed} for {text}");
            rules += reading.Rules.Detections.Length;
            problems += reading.Problems.Length;
            Assert.All(reading.Problems, problem => Assert.True(problem.Place.File == "f.yml" && problem.Message.Length > 0));
        }

        Assert.True(rules > 1000 && problems > 1000, $"{rules} rules, {problems} problems: the inputs are not worth much");
    }
}
