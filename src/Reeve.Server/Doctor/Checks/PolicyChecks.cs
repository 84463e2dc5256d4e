using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Linting;
using Reeve.Server.Doctor.Files;

namespace Reeve.Server.Doctor.Checks;

/// <summary>What audit policies hide, show and double.</summary>
internal static class PolicyChecks
{
    private const string Anybody = "somebody";

    private static readonly PolicyRequest Request = new() { User = Anybody, Groups = ["system:authenticated"], IsResource = true, Namespace = "default" };

    private static readonly (string Group, string Resource, string Verb)[] Writes =
    [
        ("", "pods", "create"), ("apps", "deployments", "create"), ("apps", "deployments", "patch"), ("rbac.authorization.k8s.io", "clusterrolebindings", "create"), ("", "secrets", "create"),
        ("batch", "cronjobs", "create"), ("", "namespaces", "delete"),
    ];

    public static IEnumerable<DoctorFinding> Check(Chain chain)
    {
        foreach (var read in chain.Policies)
        {
            if (read.BrokenLine > 0)
                yield return new(DoctorRemarks.PolicyIndentation, read.File.Path, read.BrokenLine, IndentRepair.Describe(read.File.Text), LineOf(read.Repaired, read.BrokenLine));
            foreach (var error in read.Reading.Errors)
                yield return new(DoctorRemarks.PolicyRefused, read.File.Path, error.Place.Line, error.Message);
            if (read.Policy is not { } policy)
                continue;
            foreach (var finding in Judge(read, policy))
                yield return finding;
        }
    }

    private static IEnumerable<DoctorFinding> Judge(ReadPolicy read, AuditPolicy policy)
    {
        var secrets = read.Reading.Warnings.Where(warning => warning.Check == SecretBodiesCheck.Name).ToList();
        if (secrets.Count > 0)
        {
            yield return new(
                DoctorRemarks.PolicySecrets, read.File.Path, secrets[0].Place.Line, "secrets and tokens are recorded with their values",
                "  - level: Metadata\n    resources:\n      - group: \"\"\n        resources: [\"secrets\", \"serviceaccounts/token\"]\n      - group: \"authentication.k8s.io\"\n        resources: [\"tokenreviews\"]");
        }

        foreach (var warning in read.Reading.Warnings.Except(secrets))
            yield return new(DoctorRemarks.PolicyWarning, read.File.Path, warning.Place.Line, warning.Message);
        if (Lost(policy, Request with { Verb = "list", Resource = "secrets" }) is { } reads)
            yield return new(DoctorRemarks.PolicyReads, read.File.Path, read.LineOf(reads), "reads are not recorded", "  - level: Metadata\n    verbs: [\"get\", \"list\", \"watch\"]\n    omitStages: [\"RequestReceived\"]");
        if (Lost(policy, Request with { Verb = "get", Resource = "pods", Subresource = "exec" }) is { } exec)
        {
            yield return new(
                DoctorRemarks.PolicyInteractive, read.File.Path, read.LineOf(exec), "exec, attach, port-forward and proxy with the verb get are not recorded",
                "  - level: Metadata\n    resources:\n      - group: \"\"\n        resources: [\"pods/exec\", \"pods/attach\", \"pods/portforward\", \"pods/proxy\", \"services/proxy\", \"nodes/proxy\"]");
        }

        foreach (var (group, resource, verb) in Writes)
        {
            if (Lost(policy, Request with { Verb = verb, ApiGroup = group, Resource = resource }) is not { } rule)
                continue;
            yield return new(DoctorRemarks.PolicyWrites, read.File.Path, read.LineOf(rule), $"{verb} of {resource} is not recorded");
            break;
        }

        foreach (var finding in Noise(read, policy))
            yield return finding;
    }

    private static IEnumerable<DoctorFinding> Noise(ReadPolicy read, AuditPolicy policy)
    {
        for (var index = 0; index < policy.Rules.Length; index++)
        {
            if (policy.Rules[index] is { Level: AuditLevel.None } rule && rule.Users.Contains("system:kube-controller-manager") && rule.Verbs.IsEmpty && !rule.UserGroups.Contains("system:serviceaccounts:kube-system"))
            {
                yield return new(DoctorRemarks.PolicyControllers, read.File.Path, read.LineOf(index), "system:kube-controller-manager is left out, and its controllers, which are service accounts of kube-system, are not");
                break;
            }
        }

        // The reads of those whose reads are recorded at all.
        var decision = policy.Decide(Request with { Verb = "list", Resource = "pods" });
        var all = policy.Decide(Request with { Verb = "create", Resource = "pods" });
        if (decision.Stages.HasFlag(AuditStages.RequestReceived) || (decision.Level == AuditLevel.None && policy.OmitStages == AuditStages.None && all.Stages.HasFlag(AuditStages.RequestReceived)))
            yield return new(DoctorRemarks.PolicyDoubles, read.File.Path, read.LineOf(decision.Stages == AuditStages.None ? all.Rule : decision.Rule), "RequestReceived is recorded, which doubles the events", "    omitStages: [\"RequestReceived\"]");
    }

    private static int? Lost(AuditPolicy policy, PolicyRequest request) => policy.Decide(request) is { } decision && (decision.Stages & ~AuditStages.RequestReceived) == AuditStages.None ? decision.Rule : null;

    private static string LineOf(string text, int line) => text.Split('\n')[line - 1];
}
