using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Reading;

namespace Reeve.Detection.Tests.Policy;

/// <summary>The cases of kubernetes/apiserver's own tests, and some derived from its code.</summary>
public sealed class PolicyCaseTests
{
    [Theory]
    [InlineData("checkerCases", 66)]
    [InlineData("omitManagedFieldsCases", 4)]
    [InlineData("derivedEdgeCases", 11)]
    public void A_policy_decides_as_the_apiservers(string cases, int expected)
    {
        var all = Cases();
        var count = 0;
        foreach (var each in all[cases]!.AsArray())
        {
            var policy = Policy(each!["policy"]!);
            var decision = policy.Decide(Request(each["requestAttributes"] ?? all["requests"]![each["request"]!.GetValue<string>()]!));
            var wanted = each["expected"]!;
            Assert.True(
                (wanted["level"] is not { } level || level.GetValue<string>() == decision.Level.ToString())
                && (wanted["omitStages"] is not { } stages || Stages(stages) == decision.OmitStages)
                && (wanted["omitManagedFields"] is not { } omitted || omitted.GetValue<bool>() == decision.OmitManagedFields),
                $"{each["id"]}: {decision}");
            count++;
        }

        Assert.Equal(expected, count);
    }

    [Fact]
    public void Omitted_stages_are_those_of_policy_and_rule_together()
    {
        var count = 0;
        foreach (var each in Cases()["unionStagesCases"]!.AsArray())
        {
            var policy = new AuditPolicy { OmitStages = Stages(each!["a"]!), Rules = [new() { Level = AuditLevel.Metadata, OmitStages = Stages(each["b"]!) }] };
            Assert.Equal(Stages(each["expected"]!), policy.Decide(new PolicyRequest()).OmitStages);
            count++;
        }

        Assert.Equal(7, count);
    }

    [Fact]
    public void What_the_apiserver_refuses_has_an_error()
    {
        var count = 0;
        foreach (var each in Cases()["validationCases"]!.AsArray())
        {
            var reading = PolicyReader.Read("p.yaml", Whole(each!["policy"]!), TestContext.Current.CancellationToken);
            Assert.True(each["valid"]!.GetValue<bool>() == (reading.Policy is not null), $"{each["id"]}: {string.Join("; ", reading.Problems)}");
            count++;
        }

        Assert.Equal(10, count);
    }

    [Fact]
    public void What_the_apiserver_loads_is_loaded()
    {
        var count = 0;
        foreach (var each in Cases()["loadCases"]!.AsArray())
        {
            var reading = PolicyReader.Read("p.yaml", each!["yaml"]!.GetValue<string>(), TestContext.Current.CancellationToken);
            Assert.True(each["ok"]!.GetValue<bool>() == (reading.Policy is not null), $"{each["id"]}: {string.Join("; ", reading.Problems)}");
            if (each["expectedRules"] is JsonArray rules)
                Assert.Equal(Policy(new JsonObject { ["rules"] = rules.DeepClone() }).Rules.Select(Show), reading.Policy!.Rules.Select(Show));
            if (each["note"] is not null)
                Assert.Contains(reading.Warnings, warning => warning.Message.Contains("'verbs'", StringComparison.Ordinal));
            count++;
        }

        Assert.Equal(5, count);
    }

    private static JsonNode Cases() => JsonNode.Parse(File.ReadAllText(Repository.Shared("data", "cases", "audit-policy.json")))!;

    // JSON is YAML.
    private static string Whole(JsonNode policy)
    {
        var whole = policy.DeepClone().AsObject();
        whole["apiVersion"] = "audit.k8s.io/v1";
        whole["kind"] = "Policy";
        return whole.ToJsonString();
    }

    private static AuditPolicy Policy(JsonNode policy)
    {
        var reading = PolicyReader.Read("p.yaml", Whole(policy), TestContext.Current.CancellationToken);
        return reading.Policy ?? throw new InvalidOperationException(string.Join("; ", reading.Problems));
    }

    private static PolicyRequest Request(JsonNode json) => new()
    {
        User = json["user"]?["name"]?.GetValue<string>(),
        Groups = json["user"] is { } user ? [.. user["groups"]!.AsArray().Select(group => group!.GetValue<string>())] : [],
        Verb = json["verb"]!.GetValue<string>(),
        IsResource = json["resourceRequest"]!.GetValue<bool>(),
        Namespace = json["namespace"]!.GetValue<string>(),
        ApiGroup = json["apiGroup"]!.GetValue<string>(),
        Resource = json["resource"]!.GetValue<string>(),
        Subresource = json["subresource"]!.GetValue<string>(),
        Name = json["name"]!.GetValue<string>(),
        Path = json["path"]!.GetValue<string>(),
    };

    private static AuditStages Stages(JsonNode names) =>
        names.AsArray().Aggregate(AuditStages.None, (all, name) => all | Enum.Parse<AuditStages>(name!.GetValue<string>()));

    private static string Show(PolicyRule rule) => JsonSerializer.Serialize(rule);
}
