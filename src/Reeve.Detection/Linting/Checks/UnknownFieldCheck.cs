using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting.Checks;

/// <summary>A field that no audit event has: the rule can find nothing by it.</summary>
internal sealed class UnknownFieldCheck : ILintCheck
{
    public string Name => "unknown-field";

    public IEnumerable<string> Check(DetectionRule rule) => rule.Format == RuleFormat.Falco ? [] : rule.Condition.Paths().Where(path => !AuditFields.IsKnown(path)).Select(path =>
        $"no audit event has the field '{path}'{(AuditFields.Nearest(path) is { } near ? $"; '{near}' may be meant" : "")}");
}
