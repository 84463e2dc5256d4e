using System.Diagnostics;
using System.Text;
using Reeve.Detection.Matching;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Detection.Tests.Sigma;

/// <summary>Rules come from strangers: any text gives rules or problems with a place, and soon.</summary>
public sealed class SigmaFuzzTests
{
    private static readonly string[] Seeds =
    [
        "title: a\nid: i\nlevel: high\ndetection:\n  sel:\n    f|contains|all: [a, 'b*']\n    g|re|i: ^a(b|c){1,3}$\n  _n: ['x', 'y']\n  condition: sel and not 1 of _*\n",
        "title: a\nname: n\ndetection:\n  s: { f|base64offset|contains: x, g|cidr: 10.0.0.0/8, h|fieldref: f, i|windash: -a /b, j|expand: '%f%', k|hour|gte: 3 }\n  condition: [s, all of them]\n---\ntitle: c\ncorrelation:\n  type: value_count\n  rules: [n]\n  group-by: [u, v]\n  aliases: { u: { n: f } }\n  timespan: 5m\n  condition: { field: g, gte: 3 }\n",
        "title: f\nfilter:\n  rules: [n]\n  s: { f: null }\n  condition: not s\n---\naction: global\nlevel: low\n---\naction: repeat\ntitle: z\n---\ntitle: t\ncorrelation: { type: temporal, rules: [a, c], timespan: 1h, condition: a and (c or not a) }\n",
    ];

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
