using System.Diagnostics;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Detection.Tests.Sigma;

/// <summary>A small file must not become a large one in memory, nor take minutes: what would is refused with its place.</summary>
public sealed class SigmaSizeTests
{
    private const string Head = "title: t\nid: i\nlevel: low\ndetection:\n";

    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(1);

    public static TheoryData<string, string> Texts => new()
    {
        { Head + Lines(100_000, at => $"  a{at}: {{v: 1}}") + "  condition: a1\n", "a rule has 1000 detections at most" },
        { Head + Lines(1000, at => $"  a{at}: {{v: 1}}") + $"  condition: {string.Join(" or ", Enumerable.Repeat("1 of them", 4500))}\n", "up to here the condition compares with more than 100000 values" },
        { Head + Lines(1000, at => $"  a{at}: {{v: 1}}") + "  condition:\n" + Lines(20_000, _ => "    - 1 of them"), "up to here the conditions compare with more than 100000 values" },
        { Head + "  a:\n    v|windash:\n" + Lines(100_000, _ => "      - '-a -b -c -d'") + "  condition: a\n", "'windash' makes more than 100000 values of the ones here" },
        { Head + "  a:\n    v:\n" + Lines(100_001, _ => "      - x") + "  condition: a\n", "'v' is compared with more than 100000 values" },
        { "action: global\n" + Lines(100_000, at => $"k{at}: 1") + Lines(100_000, _ => "---\ntitle: b"), "from here on nothing is read" },
        { Head + "  a: {v: 1}\n  condition: " + string.Concat(Enumerable.Repeat("not ", 10_000)) + "a\n", "the condition is nested more than 100 deep" },
        { Head + "  a: {v: 1}\n  condition: " + new string('x', 70_000) + "\n", "the condition has 70000 characters; 65536 are the most" },
        { $"title: t\nid: t\ncorrelation: {{type: temporal, rules: [r], timespan: 1h, condition: {string.Join(" and ", Enumerable.Repeat("r", 100_000))}}}\n---\n{Head}  a: {{v: 1}}\n  condition: a\nname: r\n", "the condition has 199999 words; 1000 are the most" },
        { Lines(10_000, at => $"---\ntitle: c{at}\nid: c{at}\ncorrelation: {{type: temporal, rules: [c{at + 1}], timespan: 1h}}"), "it stands behind more than 50 correlations in a chain" },
        { Lines(2000, at => $"---\ntitle: c{at}\ndetection: {{a: {{v: 1}}, condition: a}}") + Lines(1000, at => $"---\ntitle: f{at}\nfilter: {{a: {{v: 1}}, condition: a}}"), "from here on rules run without filters" },
        { Lines(1001, at => $"---\ntitle: f{at}\nfilter: {{a: {{v: 1}}, condition: a}}"), "there are more than 1000 filters; put several into one" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Texts_that_grow_are_refused_soon(string text, string expected)
    {
        var watch = Stopwatch.StartNew();

        var reading = SigmaReader.Read([new RuleFile("r.yml", text)], new SigmaOptions());

        Assert.True(watch.Elapsed < Hang, $"it took {watch.Elapsed}");
        Assert.Contains(reading.Problems, problem => problem.IsError && problem.Place.Line > 0 && problem.Message.Contains(expected, StringComparison.Ordinal));
        Assert.All(reading.Problems, problem => Assert.True(problem.Message.Length < 1000, problem.Message));
    }

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(at => line(at) + "\n"));
}
