using Reeve.Audit.Findings;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Reading;
using Reeve.Detection.Policy.Writing;
using Reeve.Detection.Rules;
using Reeve.Server.Policies;

namespace Reeve.Server.Tests.Policies;

public sealed class PolicyPatchTests
{
    private static readonly PolicyRule One = new() { Level = AuditLevel.Request, Verbs = ["create"], Resources = [new() { Resources = ["pods"] }] };

    private static readonly PolicyRule Two = new() { Level = AuditLevel.Metadata, Users = ["it's \"ana\""] };

    [Theory]
    [InlineData("apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n  - level: None\n    verbs: [get]\n  # who did what\n  - level: Metadata\n", "the usual form")]
    [InlineData("apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: None\n  verbs: [get]\n# who did what\n- level: Metadata\nomitStages: []\n# the end\n", "a list that is not indented")]
    [InlineData("rules:\n      -   verbs:\n          - get\n          level: None\n\n      -   level: Metadata\nkind: Policy\napiVersion: audit.k8s.io/v1", "rules first, without a last line end")]
    [InlineData("apiVersion: audit.k8s.io/v1\r\nkind: Policy\r\nrules:\r\n  - level: None\r\n    verbs: [get]\r\n  - level: Metadata\r\n", "lines that end as on Windows")]
    public void Rules_are_put_where_they_belong_and_the_rest_of_the_text_stays(string text, string form)
    {
        foreach (var places in new[] { (0, 0), (1, 1), (2, 2), (0, 2), (0, 1), (1, 2) })
        {
            var (reading, change) = Change(text, (places.Item1, One), (places.Item2, Two));

            var patched = PolicyPatch.Apply(text, reading, change);

            Assert.True(patched is not null, $"{form}, before {places}");
            Assert.Equal(PolicyWriter.Write(change.Changed), PolicyWriter.Write(PolicyReader.Read("p", patched, TestContext.Current.CancellationToken).Policy!));
            // Whatever stood there still does, in its order.
            var lines = new Queue<string>(text.TrimEnd('\n').Split('\n'));
            foreach (var line in patched.Split('\n'))
            {
                if (lines.TryPeek(out var next) && next == line)
                    lines.Dequeue();
            }

            Assert.True(lines.Count == 0, $"{form}, before {places}: missing {lines.FirstOrDefault()}");
        }
    }

    [Fact]
    public void Comment_above_a_rule_stays_above_it()
    {
        const string text = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n  - level: None\n    verbs: [get]\n  # who did what\n  - level: Metadata\n";
        var (reading, change) = Change(text, (1, One));

        Assert.EndsWith("  # who did what\n  - level: Metadata\n", PolicyPatch.Apply(text, reading, change), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"apiVersion":"audit.k8s.io/v1","kind":"Policy","rules":[{"level":"None","verbs":["get"]},{"level":"Metadata"}]}""")]
    [InlineData("apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: None, verbs: [get]}, {level: Metadata}]\n")]
    public void Where_it_cannot_be_put_in_the_text_is_left_alone(string text)
    {
        var (reading, change) = Change(text, (1, One));

        var patched = PolicyPatch.Apply(text, reading, change);

        Assert.Null(patched);
    }

    [Fact]
    public void Every_change_that_coverage_asks_for_can_be_taken_into_a_real_policy()
    {
        var rules = RuleLoader.Read(ShippedRules.Files, Detection.Sigma.SigmaOptions.Of(RuleLists.Empty)).Rules;
        var text = File.ReadAllText(Repository.Shared("data", "audit", "policy-article.yaml"));
        var reading = PolicyReader.Read("p", text, TestContext.Current.CancellationToken);
        var report = CoverageReport.Of(reading.Policy, rules, RuleLists.Empty, FindingLevel.Critical, traffic: null, TestContext.Current.CancellationToken);
        var changes = report.Rules.Select(rule => rule.Change).OfType<PolicyChange>().ToList();
        Assert.NotEmpty(changes);

        Assert.All(changes, change => Assert.NotNull(PolicyPatch.Apply(text, reading, change)));
    }

    private static (PolicyReading Reading, PolicyChange Change) Change(string text, params (int Before, PolicyRule Rule)[] insertions)
    {
        var reading = PolicyReader.Read("p", text, TestContext.Current.CancellationToken);
        var policy = reading.Policy!;
        var rules = Enumerable.Range(0, policy.Rules.Length + 1)
            .SelectMany(index => insertions.Where(each => each.Before == index).Select(each => each.Rule).Concat(index < policy.Rules.Length ? [policy.Rules[index]] : []));
        return (reading, new PolicyChange([.. insertions.Select(each => new PolicyInsertion(each.Before, each.Rule))], AuditStages.None, policy with { Rules = [.. rules] }));
    }
}
