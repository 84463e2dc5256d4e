using System.Text;
using Reeve.Detection.Alerts;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;
using Reeve.Detection.Yaml;
using Reeve.Scanning;
using YamlDotNet.Core;

namespace Reeve.Rules;

/// <summary>What came of one test.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Problem">What is wrong; null where it passed.</param>
internal sealed record RuleTestOutcome(RulePlace Place, string? Problem);

/// <summary>
/// Runs the tests of rules: <c>x.test.yml</c> beside <c>x.yml</c> lists under <c>fires</c> and <c>quiet</c> events, or lists of events for correlations,
/// of which a rule of <c>x.yml</c> must raise an alert, or none. All files are one set, so that a rule may refer to one of another file.
/// </summary>
internal static class RuleTestRun
{
    /// <summary>Runs the tests of all rule files at paths.</summary>
    public static List<RuleTestOutcome> Run(IReadOnlyList<string> paths, SigmaOptions options)
    {
        var reading = RuleLoader.Load(paths, options);
        List<RuleTestOutcome> outcomes = [.. reading.Problems.Where(problem => problem.IsError).Select(problem => new RuleTestOutcome(problem.Place, problem.Message))];
        foreach (var path in RuleLoader.FilesAt(paths))
        {
            var tests = TestsOf(path);
            if (File.Exists(tests))
                Run(tests, TestedRules.Of(path, reading.Rules), outcomes);
            else if (TestedRules.HasRules(path, reading.Rules))
                outcomes.Add(new RuleTestOutcome(new RulePlace(path), $"there are no tests: write some in {Path.GetFileName(tests)}"));
        }

        return outcomes;
    }

    // Of x.yaml they may be in x.test.yaml or x.test.yml.
    private static string TestsOf(string path)
    {
        var like = Path.ChangeExtension(path, ".test" + Path.GetExtension(path));
        return File.Exists(like) ? like : Path.ChangeExtension(path, ".test.yml");
    }

    private static void Run(string file, RuleSet rules, List<RuleTestOutcome> outcomes)
    {
        try
        {
            if (YamlTree.Parse(File.ReadAllText(file)) is not YamlMapping mapping)
            {
                outcomes.Add(new RuleTestOutcome(new RulePlace(file), "the file must have the keys 'fires' and 'quiet'"));
                return;
            }

            foreach (var (key, value) in mapping.Entries)
            {
                if (key.Value is not ("fires" or "quiet") || value is not YamlSequence list)
                    outcomes.Add(new RuleTestOutcome(new RulePlace(file, key.Line, key.Column), $"'{key.Value}' is none of the lists 'fires' and 'quiet'"));
                else
                    outcomes.AddRange(list.Items.Select(item => new RuleTestOutcome(new RulePlace(file, item.Line, item.Column), Judge(rules, item, fires: key.Value == "fires"))));
            }
        }
        catch (YamlException failure)
        {
            outcomes.Add(new RuleTestOutcome(new RulePlace(file, (int)failure.Start.Line, (int)failure.Start.Column), failure.Message));
        }
    }

    private static string? Judge(RuleSet rules, YamlNode item, bool fires)
    {
        var alerts = Alerts(rules, item is YamlSequence list ? list.Items : [item]);
        if (fires == alerts.Count > 0)
            return null;
        return fires ? "no rule fires, and one should" : $"'{alerts.First().Rule.Title}' fires, and should not: {alerts.First().Summary}";
    }

    private static IReadOnlyCollection<Alert> Alerts(RuleSet rules, IReadOnlyList<YamlNode> events)
    {
        using var scan = new LogScan(rules);
        foreach (var one in events)
            scan.Read(Encoding.UTF8.GetBytes(YamlJson.Of(one)?.ToJsonString() ?? "null"));
        scan.Finish();
        return scan.Alerts;
    }
}
