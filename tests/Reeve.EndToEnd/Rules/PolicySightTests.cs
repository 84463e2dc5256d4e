using System.Text;
using System.Text.Json.Nodes;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Coverage;
using Reeve.Detection.Policy.Reading;
using Reeve.EndToEnd.Support;
using Reeve.Scanning;

namespace Reeve.EndToEnd.Rules;

/// <summary>What is said of a policy and the shipped rules, beside what they find in logs recorded under it.</summary>
public sealed class PolicySightTests
{
    [Fact]
    public void A_rule_that_fires_only_where_all_is_recorded_does_not_see_all_under_the_policy_of_the_article()
    {
        var sights = Sights(Policy("policy-article.yaml"));
        var (lost, kept) = (0, 0);
        foreach (var twin in Directory.EnumerateFiles(Repository.Shared("data", "audit", "article-policy"), "*.jsonl*"))
        {
            var all = Fired(ShippedScan.Of(Directory.GetFiles(Repository.Shared("data", "audit", "permissive"), Path.GetFileName(twin).Split('.')[0] + ".jsonl*").Single()));
            var under = Fired(ShippedScan.Of(twin));
            Assert.All(all.Except(under), rule => Assert.True(sights[rule] != Visibility.Full, $"{rule} is said to see all, and does not fire in {twin}"));
            Assert.All(under, rule => Assert.True(sights[rule] != Visibility.Blind, $"{rule} is said to be blind, and fires in {twin}"));
            lost += all.Except(under).Count();
            kept += under.Count;
        }

        Assert.True(lost > 20 && kept > 20, $"{lost} and {kept} firings tell little");
    }

    [Theory]
    [InlineData("policy-metadata.yaml")]
    [InlineData("policy-mixed.yaml")]
    [InlineData("policy-article.yaml")]
    [InlineData("policy-permissive.yaml")]
    public void What_fires_in_the_same_events_as_a_policy_would_record_them_is_what_it_is_said_to_let_see(string file)
    {
        var policy = Policy(file);
        var sights = Sights(policy);
        foreach (var log in Directory.EnumerateFiles(Repository.Shared("data", "audit", "permissive"), "*.jsonl*"))
        {
            var all = Fired(ShippedScan.Of(log));
            using var scan = new LogScan(ShippedScan.Rules);
            foreach (var line in RawLogs.LinesOf(log))
            {
                if (Recorded(policy, line) is { } recorded)
                    scan.Reading.Read(recorded);
            }

            scan.Finish();
            var under = scan.Alerts.Select(alert => alert.Rule.Id).ToHashSet(StringComparer.Ordinal);
            Assert.All(all.Except(under), rule => Assert.True(sights[rule] != Visibility.Full, $"{rule} is said to see all, and no more fires in {log}"));
            Assert.All(under.Intersect(all), rule => Assert.True(sights[rule] != Visibility.Blind, $"{rule} is said to be blind, and fires in {log}"));
        }
    }

    private static AuditPolicy Policy(string file) => PolicyReader.Read(file, File.ReadAllText(Repository.Shared("data", "audit", file)), TestContext.Current.CancellationToken).Policy!;

    private static Dictionary<string, Visibility> Sights(AuditPolicy policy) =>
        new PolicyCoverage(policy).Of(ShippedScan.Rules).ToDictionary(each => each.Rule.Id, each => each.Sight.Visibility, StringComparer.Ordinal);

    private static HashSet<string> Fired(ShippedScan scan) => [.. scan.Alerts.Select(alert => alert.Rule.Id)];

    // What the apiserver would have written of the event; null where nothing.
    private static byte[]? Recorded(AuditPolicy policy, string line)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        var reference = json["objectRef"];
        var subresource = Text(reference?["subresource"]);
        var decision = policy.Decide(new PolicyRequest
        {
            User = json["user"]?["username"]?.GetValue<string>(),
            Groups = [.. (json["user"]?["groups"]?.AsArray() ?? []).Select(Text)],
            Verb = Text(json["verb"]),
            IsResource = reference is not null,
            Namespace = Text(reference?["namespace"]),
            ApiGroup = Text(reference?["apiGroup"]),
            Resource = Text(reference?["resource"]),
            Subresource = subresource,
            Name = Text(json["verb"]) == "create" && subresource.Length == 0 ? "" : Text(reference?["name"]),
            Path = Uri.UnescapeDataString(Text(json["requestURI"]).Split('?')[0]),
        });
        if (!decision.Stages.HasFlag(Enum.Parse<AuditStages>(Text(json["stage"]))))
            return null;
        if (decision.Level < AuditLevel.RequestResponse)
            json.Remove("responseObject");
        if (decision.Level < AuditLevel.Request)
            json.Remove("requestObject");
        json["level"] = decision.Level.ToString();
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";
}
