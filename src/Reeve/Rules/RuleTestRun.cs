using System.Text;
using Reeve.Detection.Alerts;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;
using Reeve.Scanning;

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
        var problems = new List<RuleProblem>();
        var files = RuleLoader.Find(paths, problems);
        var reading = RuleLoader.Read(files, options);
        List<RuleTestOutcome> outcomes =
            [.. problems.Concat(reading.Problems).Where(problem => problem.IsError).Select(problem => new RuleTestOutcome(problem.Place, problem.Message))];
        foreach (var path in files.Select(file => file.Name))
        {
            var tests = RuleTests.PathOf(path);
            if (File.Exists(tests))
                Run(RuleTests.Read(tests), own => TestedRules.Of(path, own.IsEmpty ? reading.Rules : RuleLoader.Read(files, options.With(own)).Rules), outcomes);
            else if (TestedRules.HasRules(path, reading.Rules))
                outcomes.Add(new RuleTestOutcome(new RulePlace(path), $"there are no tests: write some in {Path.GetFileName(tests)}"));
        }

        return outcomes;
    }

    private static void Run(RuleTests tests, Func<RuleLists, RuleSet> rulesWith, List<RuleTestOutcome> outcomes)
    {
        outcomes.AddRange(tests.Problems.Select(problem => new RuleTestOutcome(problem.Place, problem.Message)));
        var rules = rulesWith(tests.Lists);
        outcomes.AddRange(tests.All.Select(test => new RuleTestOutcome(test.Place, Judge(rules, test))));
    }

    /// <summary>What is wrong with what rules raise of the events of a test; null where it is right.</summary>
    internal static string? Judge(RuleSet rules, RuleTest test)
    {
        try
        {
            var alerts = Alerts(rules, test);
            if (test.Fires == alerts.Count > 0)
                return null;
            return test.Fires ? "no rule fires, and one should" : $"'{alerts.First().Rule.Title}' fires, and should not: {alerts.First().Summary}";
        }
        catch (FormatException failure)
        {
            return failure.Message;
        }
    }

    private static IReadOnlyCollection<Alert> Alerts(RuleSet rules, RuleTest test)
    {
        using var scan = new LogScan(rules);
        foreach (var one in TestStory.Of(test.Events))
            scan.Reading.Read(Encoding.UTF8.GetBytes(one.ToJsonString()));
        scan.Finish();
        return scan.Alerts;
    }
}
