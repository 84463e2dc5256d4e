using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting.Checks;

/// <summary>A status code that is compared with a word.</summary>
internal sealed class WordForCodeCheck : ILintCheck
{
    public string Name => "word-for-code";

    public IEnumerable<LintRemark> Check(DetectionRule rule) =>
        rule.Condition.TextsOf("responseStatus.code").Where(text => !int.TryParse(text, out _)).Select(text =>
            new LintRemark(rule.PlaceOf("responseStatus.code", text), $"'responseStatus.code' is a number, never '{text}'; whether a request was allowed says 'annotations.authorization.k8s.io/decision'"));
}
