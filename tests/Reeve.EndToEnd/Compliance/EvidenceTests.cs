using System.Text.Json.Nodes;
using Reeve.Audit.Policy;
using Reeve.Detection.Needs;
using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;
using Reeve.Rules;
using Reeve.Scanning;
using Reeve.Server.Compliance;

namespace Reeve.EndToEnd.Compliance;

/// <summary>What is evidence and what is not: by the events that stand beside the questions, and by recorded logs.</summary>
public sealed class EvidenceTests
{
    private const string Tests = "content/frameworks/evidence.test.yml";

    // The recorded API servers were no pods.
    private const string Unrecorded = "EQ-39";

    public static TheoryData<string> Questions => [.. Asked(RuleLists.Empty).Select(question => question.Id)];

    [Theory]
    [MemberData(nameof(Questions))]
    public void A_question_finds_the_events_that_are_its_evidence_and_no_others(string id)
    {
        var tests = TestsOf(id);
        var question = Asked(tests.Lists).Single(each => each.Id == id);
        var rules = new RuleSet([question.Detection with { Alerts = true }], []);

        Assert.Empty(tests.Problems);
        Assert.Contains(tests.All, test => test.Fires);
        Assert.Contains(tests.All, test => !test.Fires);
        Assert.All(tests.All, test => Assert.True(RuleTestRun.Judge(rules, test) is null, $"{test.Place}: {RuleTestRun.Judge(rules, test)}"));
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public void Evidence_is_within_what_a_question_needs_of_the_log(string id)
    {
        var tests = TestsOf(id);
        var needs = Asked(tests.Lists).Single(each => each.Id == id).Needs;

        Assert.All(tests.All.Where(test => test.Fires), test =>
        {
            var fired = Assert.Single(TestStory.Of(test.Events));
            Assert.Contains((string)fired["stage"]!, needs.Stages);
            Assert.True(needs.Verbs.IsEmpty || needs.Verbs.Contains((string)fired["verb"]!), $"{test.Place}: none of the verbs {string.Join(' ', needs.Verbs)}");
            Assert.True(fired["objectRef"] is { } named ? IsOneOf(needs, named) : needs.NonResourceUrls, $"{test.Place}: none of the resources {string.Join(' ', needs.Resources)}");
            Assert.True(Enum.Parse<AuditLevel>((string)fired["level"]!) >= needs.Level, $"{test.Place}: below the level {needs.Level}");
        });
    }

    [Fact]
    public void Tests_are_for_questions_that_events_answer() =>
        Assert.Equal(Asked(RuleLists.Empty).Select(question => question.Id), Root().Entries.Select(entry => entry.Key.Value));

    [Fact]
    public void Every_question_finds_evidence_in_recorded_logs()
    {
        var folder = Repository.Shared("data", "audit", "permissive");
        var lists = RuleLists.Read([new RuleFile("lists.yaml", "regulated_namespaces: [shop]\ndeployers: ['system:serviceaccount:argocd:*']\nformer_users: [bob]\n")]);
        var found = Found(Asked(lists), folder);

        Assert.Equal([Unrecorded], Asked(lists).Select(question => question.Id).Where(id => !found.ContainsKey(id)));
    }

    private static Dictionary<string, int> Found(IReadOnlyList<EventEvidence> questions, string folder)
    {
        using var scan = new LogScan(new RuleSet([.. questions.Select(question => question.Detection with { Alerts = true })], []));
        foreach (var path in Directory.EnumerateFiles(folder, "*.jsonl*").Order(StringComparer.Ordinal))
            scan.Reading.Read(path, progress: _ => { }, TestContext.Current.CancellationToken);
        scan.Finish();
        return scan.Alerts.CountBy(alert => alert.Rule.Id).ToDictionary(StringComparer.Ordinal);
    }

    private static bool IsOneOf(RuleNeeds needs, JsonNode named)
    {
        var (resource, subresource) = ((string)named["resource"]!, (string?)named["subresource"]);
        string[] written = subresource is null ? [resource, "*"] : [$"{resource}/{subresource}", $"{resource}/*", $"*/{subresource}", "*/*"];
        return needs.Resources.IsEmpty || written.Any(each => needs.Resources.Contains(each));
    }

    private static List<EventEvidence> Asked(RuleLists lists) => [.. ShippedFrameworks.Read(lists).Questions.OfType<EventEvidence>()];

    private static YamlMapping Root() => Assert.IsType<YamlMapping>(YamlTree.Parse(File.ReadAllText(Path.Combine(Repository.Root, Tests))));

    private static RuleTests TestsOf(string id) =>
        RuleTests.Of(Tests, Assert.IsType<YamlMapping>(Root().Entries.Single(entry => entry.Key.Value == id).Value));
}
