using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting.Checks;

/// <summary>A field that no audit event has: the rule can find nothing by it.</summary>
internal sealed class UnknownFieldCheck : ILintCheck, ICorrelationCheck
{
    public string Name => "unknown-field";

    public IEnumerable<LintRemark> Check(DetectionRule rule) => rule.Format == RuleFormat.Falco ? [] : Unknown(rule, rule.Condition.Paths());

    // What a correlation fires has the fields it is grouped by, whatever they are called.
    public IEnumerable<LintRemark> Check(CorrelationRule rule, RuleSet rules)
    {
        var inner = rules.Correlations.Where(other => rule.Rules.Contains(other.Id)).SelectMany(other => other.GroupBy).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        return Unknown(rule, rule.FieldsRead.OfType<Field.Path>().Select(path => path.Name).Where(path => !inner.Contains(path)));
    }

    private static IEnumerable<LintRemark> Unknown(Rule rule, IEnumerable<string> paths) => paths.Where(path => !AuditFields.IsKnown(path)).Select(path =>
        new LintRemark(rule.PlaceOf(path), $"no audit event has the field '{path}'{(AuditFields.Nearest(path) is { } near ? $"; '{near}' may be meant" : "")}"));
}
