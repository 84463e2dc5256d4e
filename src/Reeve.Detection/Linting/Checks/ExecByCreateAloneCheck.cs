using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting.Checks;

/// <summary>exec or attach that is looked for by <c>create</c> alone: over WebSocket it is a <c>get</c>.</summary>
internal sealed class ExecByCreateAloneCheck : ILintCheck
{
    public string Name => "exec-by-create-alone";

    public IEnumerable<LintRemark> Check(DetectionRule rule)
    {
        var subresources = rule.Condition.AffirmedTextsOf("objectRef.subresource").ToList();
        var verbs = rule.Condition.AffirmedTextsOf("verb").ToList();
        if (subresources.Any(text => text is "exec" or "attach" or "portforward") && verbs.Count > 0 && !verbs.Contains("get", StringComparer.OrdinalIgnoreCase))
            yield return new LintRemark(rule.PlaceOf("verb"), "exec, attach and port-forward over WebSocket have the verb 'get'; the rule looks for " + string.Join(", ", verbs.Distinct(StringComparer.Ordinal)) + " only");
    }
}
