using Reeve.Audit.Fields;
using Reeve.Detection.Matching.Slots;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting;

/// <summary>A field that no audit event has: the rule can find nothing by it.</summary>
internal sealed class UnknownFieldCheck : ILintCheck
{
    private static readonly string[] Roots = ["kind", "apiVersion", "requestObject", "responseObject", "annotations", "user", "impersonatedUser", "authenticationMetadata", "objectRef", "responseStatus", "metadata"];

    private static readonly string[] Leaves =
    [
        .. EventPaths.Texts.Keys, "responseStatus.code", "user.groups", "impersonatedUser.groups", "sourceIPs", "requestReceivedTimestamp", "stageTimestamp", "timestamp",
    ];

    // Where flattened or shortened names really stand.
    private static readonly Dictionary<string, string> Meant = new(StringComparer.Ordinal)
    {
        ["hostPath"] = "requestObject.spec.volumes.hostPath.path",
        ["capabilities"] = "requestObject.spec.containers.securityContext.capabilities.add",
        ["privileged"] = "requestObject.spec.containers.securityContext.privileged",
        ["decision"] = "annotations.authorization.k8s.io/decision",
    };

    public string Name => "unknown-field";

    public IEnumerable<string> Check(DetectionRule rule) => rule.Format == RuleFormat.Falco ? [] : rule.Condition.Paths().Where(path => !IsKnown(path)).Select(path =>
        $"no audit event has the field '{path}'{(Nearest(path) is { } near ? $"; '{near}' may be meant" : "")}");

    private static bool IsKnown(string path)
    {
        if (Leaves.Contains(path, StringComparer.Ordinal) || (FieldCatalogue.TryGet(path, out var field) && field.Name == path))
            return true;
        var root = path.Split('.')[0];
        return root is "requestObject" or "responseObject" or "annotations" or "metadata" or "kind" or "apiVersion"
            || path.StartsWith("user.extra.", StringComparison.Ordinal) || path.StartsWith("impersonatedUser.extra.", StringComparison.Ordinal)
            || path.StartsWith("responseStatus.details", StringComparison.Ordinal) || path.StartsWith("responseStatus.metadata", StringComparison.Ordinal);
    }

    private static string? Nearest(string path) =>
        Meant.GetValueOrDefault(path)
        ?? Leaves.FirstOrDefault(leaf => leaf.EndsWith("." + path, StringComparison.OrdinalIgnoreCase))
        ?? NearestName.Find(path, Leaves.Concat(Roots));
}

/// <summary>A verb that no request has.</summary>
internal sealed class UnknownVerbCheck : ILintCheck
{
    private static readonly string[] Verbs =
    [
        "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "proxy", "head", "options", "post", "put", "connect", "bind", "escalate", "impersonate", "approve", "sign", "use", "attest",
    ];

    public string Name => "unknown-verb";

    public IEnumerable<string> Check(DetectionRule rule) =>
        rule.Condition.TextsOf("verb").Where(verb => !Verbs.Contains(verb, StringComparer.OrdinalIgnoreCase)).Select(verb =>
            $"no request has the verb '{verb}'{(verb.Equals("replace", StringComparison.OrdinalIgnoreCase) ? "; kubectl replace is an 'update'" : "")}");
}

/// <summary>A status code that is compared with a word.</summary>
internal sealed class WordForCodeCheck : ILintCheck
{
    public string Name => "word-for-code";

    public IEnumerable<string> Check(DetectionRule rule) =>
        rule.Condition.TextsOf("responseStatus.code").Where(text => !int.TryParse(text, out _)).Select(text =>
            $"'responseStatus.code' is a number, never '{text}'; whether a request was allowed says 'annotations.authorization.k8s.io/decision'");
}
