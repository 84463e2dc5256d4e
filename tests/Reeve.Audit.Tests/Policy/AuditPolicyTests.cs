using Reeve.Audit.Policy;

namespace Reeve.Audit.Tests.Policy;

public sealed class AuditPolicyTests
{
    [Fact]
    public void Any_policy_decides_any_request_as_the_naive_matcher_says()
    {
        var decided = 0;
        for (var seed = 1; seed <= 2_000; seed++)
        {
            var made = new RandomPolicies(new Random(seed));
            var policy = made.Policy();
            for (var count = 0; count < 40; count++)
            {
                var request = made.Request();
                var decision = policy.Decide(request);
                Assert.True(NaivePolicy.Deciding(policy, request) == decision.Rule, $"seed {seed}: rule {decision.Rule} decides {request}");
                if (decision.Rule == PolicyDecision.NoRule)
                    continue;
                decided++;
                var rule = policy.Rules[decision.Rule];
                Assert.Equal(rule.Level, decision.Level);
                Assert.Equal(policy.OmitStages | rule.OmitStages, decision.OmitStages);
                Assert.Equal(rule.OmitManagedFields ?? policy.OmitManagedFields, decision.OmitManagedFields);
            }
        }

        Assert.True(decided > 10_000, $"only {decided} requests met a rule");
    }

    [Fact]
    public void A_rule_that_covers_another_is_for_all_of_its_requests()
    {
        var covers = 0;
        for (var seed = 1; seed <= 4_000; seed++)
        {
            var made = new RandomPolicies(new Random(seed));
            var (earlier, later) = (made.Rule(), made.Rule());
            if (!earlier.Covers(later))
                continue;
            covers++;
            for (var count = 0; count < 60; count++)
            {
                var request = made.Request();
                Assert.True(!later.Matches(request) || earlier.Matches(request), $"seed {seed}: {request} is for the covered rule alone");
            }
        }

        Assert.True(covers > 200, $"only {covers} rules cover another");
    }

    [Fact]
    public void Why_a_rule_is_not_for_a_request_is_the_first_thing_that_differs()
    {
        var rule = new PolicyRule { Users = ["ana"], Verbs = ["get"], Namespaces = ["shop"], Resources = [new() { Resources = ["pods"] }] };
        var request = new PolicyRequest { User = "ana", Verb = "get", IsResource = true, Namespace = "shop", Resource = "pods" };

        Assert.Equal(PolicyMismatch.None, rule.FirstMismatch(request));
        Assert.Equal(PolicyMismatch.User, rule.FirstMismatch(request with { User = null, Verb = "list" }));
        Assert.Equal(PolicyMismatch.UserGroup, (rule with { UserGroups = ["dev"] }).FirstMismatch(request));
        Assert.Equal(PolicyMismatch.Verb, rule.FirstMismatch(request with { Verb = "list", Namespace = "" }));
        Assert.Equal(PolicyMismatch.IsNoResource, rule.FirstMismatch(request with { IsResource = false }));
        Assert.Equal(PolicyMismatch.Namespace, rule.FirstMismatch(request with { Namespace = "" }));
        Assert.Equal(PolicyMismatch.Resource, rule.FirstMismatch(request with { Subresource = "exec" }));
        Assert.Equal(PolicyMismatch.IsResource, (rule with { Namespaces = [], Resources = [], NonResourceUrls = ["*"] }).FirstMismatch(request));
        Assert.Equal(PolicyMismatch.NonResourceUrl, (rule with { Namespaces = [], Resources = [], NonResourceUrls = ["/logs*"] }).FirstMismatch(request with { IsResource = false, Path = "/log" }));
    }
}
