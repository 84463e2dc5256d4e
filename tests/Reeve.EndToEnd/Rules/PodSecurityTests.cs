using System.Text.Json.Nodes;

namespace Reeve.EndToEnd.Rules;

/// <summary>The rules over pods beside the verdicts of the API server's own Pod Security (<c>../shared/data/pod-security</c>).</summary>
public sealed class PodSecurityTests
{
    // What each check of the baseline is about, by the rules that speak about it. A check of the restricted level is one that ordinary
    // pods fail, so that no rule is about it.
    private static readonly Dictionary<string, string[]> Rules = new(StringComparer.Ordinal)
    {
        ["privileged"] = ["privileged_container"],
        ["capabilities_baseline"] = ["dangerous_capabilities", "further_capabilities"],
        ["hostnamespaces"] = ["host_network", "host_processes", "host_memory"],
        ["hostpathvolumes"] = ["host_path"],
        ["hostports"] = ["host_port"],
        ["windowshostprocess"] = ["windows_host_process"],
        ["seccompprofile_baseline"] = ["protections_off"],
        ["apparmorprofile"] = ["protections_off"],
        ["selinuxoptions"] = ["protections_off"],
        ["procmount"] = ["protections_off"],
        ["hostprobesandhostlifecycle"] = ["probe_elsewhere"],
        ["sysctls"] = ["unsafe_sysctl"],
    };

    public static TheoryData<string> Resources => ["pods", "deployments", "cronjobs"];

    [Theory]
    [MemberData(nameof(Resources))]
    public void A_rule_says_of_a_pod_what_the_api_server_says_of_it(string resource)
    {
        var cases = JsonNode.Parse(File.ReadAllText(Repository.Shared("data", "pod-security", "v1.37.json")))!["cases"]!.AsArray();
        Assert.NotEmpty(cases);
        var all = Rules.Values.SelectMany(rules => rules).ToHashSet(StringComparer.Ordinal);

        var wrong = new List<string>();
        foreach (var one in cases)
        {
            var (id, check, fails) = ((string)one!["id"]!, (string)one["check"]!, (string)one["expected"]! == "fail");
            var fired = Fired(one["pod"]!, resource).Where(all.Contains).ToList();
            if (fails && Rules.TryGetValue(check, out var rules) && !fired.Any(rules.Contains))
                wrong.Add($"{id}: refused, and {(fired.Count > 0 ? string.Join(", ", fired) : "no rule")} fires");
            else if (!fails && fired.Count > 0)
                wrong.Add($"{id}: let in, and {string.Join(", ", fired)} fires");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static IEnumerable<string> Fired(JsonNode pod, string resource)
    {
        var template = new JsonObject { ["metadata"] = pod["metadata"]?.DeepClone(), ["spec"] = pod["spec"]!.DeepClone() };
        var body = resource switch
        {
            "pods" => template,
            "deployments" => new JsonObject { ["spec"] = new JsonObject { ["template"] = template } },
            _ => new JsonObject { ["spec"] = new JsonObject { ["jobTemplate"] = new JsonObject { ["spec"] = new JsonObject { ["template"] = template } } } },
        };
        var auditEvent = new JsonObject
        {
            ["kind"] = "Event",
            ["apiVersion"] = "audit.k8s.io/v1",
            ["level"] = "Request",
            ["stage"] = "ResponseComplete",
            ["verb"] = "create",
            ["user"] = new JsonObject { ["username"] = "ana" },
            ["objectRef"] = new JsonObject { ["resource"] = resource, ["namespace"] = "orders", ["name"] = "web" },
            ["responseStatus"] = new JsonObject { ["code"] = 201 },
            ["requestObject"] = body,
        };
        var places = ShippedScan.Rules.Detections.ToDictionary(rule => rule.Id, rule => Path.GetFileNameWithoutExtension(rule.Place.File), StringComparer.Ordinal);
        return [.. ShippedScan.Of(auditEvent).Alerts.Select(alert => places.GetValueOrDefault(alert.Rule.Id, ""))];
    }
}
