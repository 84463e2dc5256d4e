using System.Text.Json;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Coverage;
using Reeve.Detection.Policy.Reading;
using Reeve.Detection.Policy.Writing;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Detection.Tests.Policy;

public sealed class PolicyChangeTests
{
    private static readonly Lazy<RuleSet> Rules = new(() => RuleLoader.Read(ShippedRules.Files, SigmaOptions.Of(RuleLists.Empty)).Rules);

    public static TheoryData<string> Policies =>
    [
        "rules: [{level: Metadata}]",
        "rules: [{level: None}]",
        "omitStages: [RequestReceived]\nrules:\n- {level: Request, verbs: [create, update, patch]}\n- {level: Metadata, omitStages: [ResponseStarted]}",
        "rules:\n- {level: None, users: [system:kube-scheduler, system:anonymous]}\n- {level: None, userGroups: [system:nodes], resources: [{group: \"\", resources: [\"*/status\"]}]}\n- {level: RequestResponse}",
        "rules:\n- {level: None, namespaces: [kube-system]}\n- {level: Metadata, resources: [{group: \"\", resources: [secrets, configmaps]}]}\n- {level: Request, resources: [{group: apps}, {group: \"\"}]}\n- {level: None, nonResourceURLs: [\"/healthz*\", \"/debug/*\"]}\n- {level: Metadata}",
    ];

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_change_lets_its_rule_see_all_and_takes_nothing_away(string text)
    {
        var policy = PolicyReader.Read("p.yaml", $"apiVersion: audit.k8s.io/v1\nkind: Policy\n{text}\n", TestContext.Current.CancellationToken).Policy!;
        var coverage = new PolicyCoverage(policy).Of(Rules.Value).ToDictionary(each => each.Rule.Id, StringComparer.Ordinal);
        var mended = 0;
        // Every fourth is enough to meet every kind of loss.
        foreach (var each in coverage.Values.Where((_, index) => index % 4 == text.Length % 4))
        {
            var change = PolicyChange.For(policy, each.Sight.Losses);
            Assert.Equal(each.Sight.Visibility == Visibility.Full, change is null);
            if (change is null)
                continue;
            Assert.True(Sees(change.Changed, each.Rule), $"{each.Rule.Title} does not see all with\n{PolicyWriter.Write(change.Changed)}");
            Assert.Equal(JsonSerializer.Serialize(change.Changed), JsonSerializer.Serialize(PolicyReader.Read("p.yaml", PolicyWriter.Write(change.Changed), TestContext.Current.CancellationToken).Policy));
            Assert.All(Requests, request => Assert.True(
                IsMore(change.Changed.Decide(request), policy.Decide(request)), $"{each.Rule.Title}: {request} loses something with\n{PolicyWriter.Write(change.Changed)}"));
            mended++;
        }

        Assert.True(mended >= 5, $"only {mended} rules had anything to mend");
    }

    private static IEnumerable<PolicyRequest> Requests =>
        from resource in ApiResources.All
        from verb in resource.Verbs
        from user in new[] { "ana", "system:kube-scheduler", "system:node:a", "system:anonymous" }
        from space in resource.IsNamespaced ? new[] { "shop", "kube-system" } : [""]
        select new PolicyRequest
        {
            IsResource = true,
            User = user,
            Groups = user.StartsWith("system:node:", StringComparison.Ordinal) ? ["system:nodes", "system:authenticated"] : ["system:authenticated"],
            Verb = verb,
            ApiGroup = resource.Group,
            Resource = resource.Resource,
            Subresource = resource.Subresource,
            Namespace = space,
        };

    private static bool IsMore(PolicyDecision now, PolicyDecision before) => now.Level >= before.Level && (before.Stages & ~now.Stages) == AuditStages.None;

    private static bool Sees(AuditPolicy policy, Rule rule) => new PolicyCoverage(policy).Of(Only(rule)).Single(each => each.Rule.Id == rule.Id).Sight.Visibility == Visibility.Full;

    // With what it refers to, and nothing else to look at.
    private static RuleSet Only(Rule rule)
    {
        var rules = Rules.Value;
        return new RuleSet(
            [.. rules.Detections.Select(each => each with { Alerts = each.Id == rule.Id })],
            [.. rules.Correlations.Select(each => each with { Alerts = each.Id == rule.Id })]);
    }
}
