using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Linting;

/// <summary>Bodies that are secrets: the log would hold them in clear (CIS Kubernetes Benchmark 3.2.2).</summary>
public static class SecretBodiesCheck
{
    /// <summary>How its problems are told from others.</summary>
    public const string Name = "secret-bodies";

    // With the level from which on the body is there that holds them.
    private static readonly (string Group, string Resource, string Subresource, string Verb, AuditLevel From, string What)[] Requests =
    [
        ("", "secrets", "", "create", AuditLevel.Request, "the values of Secrets"),
        ("", "secrets", "", "list", AuditLevel.RequestResponse, "the values of Secrets"),
        ("", "serviceaccounts", "token", "create", AuditLevel.RequestResponse, "tokens of service accounts"),
        ("authentication.k8s.io", "tokenreviews", "", "create", AuditLevel.Request, "the tokens that are reviewed"),
    ];

    /// <summary>What of secrets a policy records in clear, in words.</summary>
    public static IEnumerable<string> Revealed(AuditPolicy policy) => Found(policy).Select(found => found.What).Distinct(StringComparer.Ordinal);

    /// <summary>A problem for each rule of a policy that records some.</summary>
    public static IEnumerable<PolicyProblem> Check(AuditPolicy policy) => Found(policy).Select(found => new PolicyProblem(
        $"rules[{found.Decision.Rule}].level",
        $"rule {found.Decision.Rule + 1} records {found.What} in clear, at level {found.Decision.Level}. Put a rule before it that keeps them at Metadata",
        Name));

    private static IEnumerable<(string What, PolicyDecision Decision)> Found(AuditPolicy policy) => Requests
        .Select(request => (request.What, request.From, Decision: policy.Decide(new PolicyRequest
        {
            User = "somebody",
            Groups = ["system:authenticated"],
            IsResource = true,
            Namespace = "default",
            Verb = request.Verb,
            ApiGroup = request.Group,
            Resource = request.Resource,
            Subresource = request.Subresource,
        })))
        .Where(found => found.Decision.Level >= found.From)
        .DistinctBy(found => (found.What, found.Decision.Rule))
        .Select(found => (found.What, found.Decision));
}
