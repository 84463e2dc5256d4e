using Reeve.Detection.Linting.Checks;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting;

/// <summary>Finds what is hardly meant as it is written: rules that can run, and find nothing or not enough.</summary>
public static class Linter
{
    private static readonly ILintCheck[] Checks =
    [
        new UnknownFieldCheck(), new UnknownVerbCheck(), new WordForCodeCheck(), new ExecByCreateAloneCheck(), new DeleteWithoutCollectionCheck(), new EarlyStageCheck(), new WildcardOnlyCheck(), new TagFormCheck(),
    ];

    private static readonly ICorrelationCheck[] CorrelationChecks = [new UnknownFieldCheck(), new SingleRuleOrderCheck(), new TagFormCheck()];

    // More of the same kind tells nothing new.
    private const int MostOfACheck = 20;

    /// <summary>What there is to say of rules for audit logs, each with the place it speaks of where that is known.</summary>
    public static IEnumerable<RuleProblem> Check(RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var audited = rules.Detections.Where(rule => rule.LogSource.IsAuditLog).ToList();
        var found = audited.SelectMany(rule => Checks.SelectMany(check => Problems(rule, check.Name, check.Check(rule))));
        return found.Concat(OfAuditEvents(rules, audited).SelectMany(rule => CorrelationChecks.SelectMany(check => Problems(rule, check.Name, check.Check(rule, rules)))));
    }

    // Those that refer to rules of no other log; each stands behind what it refers to.
    private static List<CorrelationRule> OfAuditEvents(RuleSet rules, IEnumerable<DetectionRule> audited)
    {
        var ids = audited.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        return [.. rules.Correlations.Where(rule => rule.Rules.All(ids.Contains) && ids.Add(rule.Id))];
    }

    private static IEnumerable<RuleProblem> Problems(Rule rule, string check, IEnumerable<LintRemark> remarks) =>
        remarks.DistinctBy(remark => remark.Message, StringComparer.Ordinal).Take(MostOfACheck).Select(remark => new RuleProblem(remark.Place, $"{rule.Title}: {remark.Message}", IsError: false, check));
}
