using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting.Checks;

/// <summary>A verb that no request has.</summary>
internal sealed class UnknownVerbCheck : ILintCheck
{
    private static readonly string[] Verbs =
    [
        "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "proxy", "head", "options", "post", "put", "connect", "bind", "escalate", "impersonate", "approve", "sign", "use", "attest",
    ];

    public string Name => "unknown-verb";

    public IEnumerable<LintRemark> Check(DetectionRule rule) =>
        rule.Condition.TextsOf("verb").Where(verb => !Verbs.Contains(verb, StringComparer.OrdinalIgnoreCase)).Select(verb =>
            new LintRemark(rule.PlaceOf("verb", verb), $"no request has the verb '{verb}'{(verb.Equals("replace", StringComparison.OrdinalIgnoreCase) ? "; kubectl replace is an 'update'" : "")}"));
}
