using System.Text.Json;
using System.Text.Json.Nodes;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Reading;
using static Reeve.EndToEnd.Support.ReeveCommand;

namespace Reeve.EndToEnd;

/// <summary>The policy workbench on the command line, on real logs and the cases of kubernetes/apiserver.</summary>
public sealed class PolicyCommandTests
{
    private static readonly string[] NormalDays = ["n01-admin-day.jsonl.zst", "n02-developers.jsonl", "n04-argocd-monitoring.jsonl", "n07-node-maintenance.jsonl"];

    [Fact]
    public async Task A_suggested_policy_halves_the_log_and_blinds_no_rule_that_matters()
    {
        using var folder = new TemporaryFolder();
        string[] logs = [.. NormalDays.Select(name => Repository.Shared("data", "audit", "permissive", name))];

        var (exitCode, text, said) = await RunAsync(["policy", "suggest", .. logs]);

        Assert.Equal(0, exitCode);
        folder.Write("policy.yaml", text);
        var policy = PolicyReader.Read("policy.yaml", text, TestContext.Current.CancellationToken).Policy!;
        Assert.All(
            RequestVerbs.OfResources,
            verb => Assert.Equal(AuditLevel.Metadata, policy.Decide(new PolicyRequest { User = "ana", Groups = ["system:authenticated"], IsResource = true, Verb = verb, Resource = "secrets", Namespace = "shop" }).Level));
        var (checkedCode, problems, _) = await RunAsync("policy", "check", folder["policy.yaml"]);
        Assert.Equal((0, ""), (checkedCode, problems));
        var (coveredCode, covered, _) = await RunAsync("policy", "coverage", "--policy", folder["policy.yaml"], "--min-level", "medium", "--fail-on", "medium");
        Assert.True(coveredCode == 0, covered);
        var (_, simulated, _) = await RunAsync(["policy", "simulate", "--format", "json", "--policy", Repository.Shared("data", "audit", "policy-permissive.yaml"), "--policy", folder["policy.yaml"], .. logs]);
        var totals = JsonNode.Parse(simulated)!["policies"]!.AsArray().Select(policy => policy!["total"]!["bytes"]!.GetValue<double>()).ToList();
        Assert.True(totals[1] <= totals[0] * 0.6, $"{totals[1]} of {totals[0]} bytes are left: {said}");
    }

    [Fact]
    public async Task Requests_are_explained_a_line_each()
    {
        using var folder = new TemporaryFolder();
        var cases = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Shared("data", "cases", "audit-policy.json"), TestContext.Current.CancellationToken))!;
        var each = cases["checkerCases"]!.AsArray().First(each => each!["expected"]!["level"]!.GetValue<string>() == "RequestResponse")!;
        var policy = each["policy"]!.AsObject();
        (policy["apiVersion"], policy["kind"]) = ("audit.k8s.io/v1", "Policy");
        folder.Write("policy.json", policy.ToJsonString());
        folder.Write("requests.jsonl", string.Concat(cases["requests"]!.AsObject().Select(request => request.Value!.ToJsonString() + "\n")));

        var (exitCode, output, _) = await RunAsync("policy", "explain", "--policy", folder["policy.json"], folder["requests.jsonl"], "--format", "jsonl");

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        var index = cases["requests"]!.AsObject().Select(request => request.Key).ToList().IndexOf(each["request"]!.GetValue<string>());
        Assert.Equal((0, cases["requests"]!.AsObject().Count), (exitCode, lines.Count));
        Assert.Equal(("RequestResponse", 0), (lines[index].GetProperty("level").GetString(), lines[index].GetProperty("rule").GetInt32()));
        Assert.All(lines, line => Assert.Equal(["level", "omitStages", "omitManagedFields", "rule"], line.EnumerateObject().Select(member => member.Name)));
    }

    [Fact]
    public async Task What_a_rule_passes_over_is_told_for_a_single_URL()
    {
        var (_, output, _) = await RunAsync(
            "policy", "explain", "--policy", Repository.Shared("data", "audit", "policy-mixed.yaml"), "--user", "ana", "--method", "POST", "--url", "/api/v1/namespaces/shop/pods/web/exec?command=sh");

        Assert.Contains("create pods/exec shop/web by ana", output, StringComparison.Ordinal);
        Assert.Contains("rule 2 (", output, StringComparison.Ordinal);
        Assert.Contains("its users do not include ana", output, StringComparison.Ordinal);
        Assert.Contains("its verbs (get, list, watch) do not include create", output, StringComparison.Ordinal);
        Assert.EndsWith("decides: RequestResponse at ResponseStarted, ResponseComplete, Panic\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_the_apiserver_refuses_ends_every_command_with_its_line()
    {
        using var folder = new TemporaryFolder();
        folder.Write("policy.yaml", "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: All\n- level: Metadata\n  nonResourceURLs: [healthz]\n");

        var (exitCode, output, _) = await RunAsync("policy", "check", folder["policy.yaml"], "--format", "json");
        Assert.Equal(1, exitCode);
        var answer = JsonElement.Parse(output);
        Assert.False(answer.GetProperty("valid").GetBoolean());
        Assert.Equal((4, 10), (answer.GetProperty("errors")[0].GetProperty("line").GetInt32(), answer.GetProperty("errors")[0].GetProperty("column").GetInt32()));
        Assert.Empty(answer.GetProperty("warnings").EnumerateArray());

        var (coverageCode, _, said) = await RunAsync("policy", "coverage", "--policy", folder["policy.yaml"]);
        Assert.Equal(2, coverageCode);
        Assert.Contains("policy.yaml:4:10: level 'All' is none of None, Metadata, Request or RequestResponse", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coverage_names_what_the_policy_of_the_article_hides_and_fails_on_it()
    {
        var (exitCode, output, _) = await RunAsync("policy", "coverage", "--policy", Repository.Shared("data", "audit", "policy-article.yaml"), "--format", "json", "--fail-on", "high");

        Assert.Equal(3, exitCode);
        var answer = JsonElement.Parse(output);
        var listed = answer.GetProperty("rules").EnumerateArray().Single(rule => rule.GetProperty("title").GetString() == "Secrets of all namespaces read at once");
        Assert.Equal("blind", listed.GetProperty("visibility").GetString());
        Assert.Contains("list of secrets", listed.GetProperty("losses")[0].GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(0, listed.GetProperty("change").GetProperty("insert").GetArrayLength());
        Assert.Contains(answer.GetProperty("controls").EnumerateArray(), control =>
            control.GetProperty("framework").GetString() == "pci-dss-4" && control.GetProperty("control").GetString() == "10.2.1.4" && control.GetProperty("visibility").GetString() != "full");
    }
}
