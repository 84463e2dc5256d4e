using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting.Checks;

/// <summary>An answer that is looked for at the stage that has none.</summary>
internal sealed class EarlyStageCheck : ILintCheck
{
    public string Name => "answer-before-it-came";

    public IEnumerable<LintRemark> Check(DetectionRule rule)
    {
        var stages = rule.Condition.AffirmedTextsOf("stage").ToList();
        if (stages.Count > 0 && stages.TrueForAll(stage => stage == "RequestReceived") && rule.Condition.Paths().Any(path => path.StartsWith("response", StringComparison.Ordinal)))
            yield return new LintRemark(rule.PlaceOf("stage"), "at the stage RequestReceived there is no answer yet to look at");
    }
}
