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

    // More of the same kind tells nothing new.
    private const int MostOfACheck = 20;

    /// <summary>What there is to say of rules for audit logs.</summary>
    public static IEnumerable<RuleProblem> Check(RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules.Detections.Where(rule => rule.LogSource.IsAuditLog)
            .SelectMany(rule => Checks.SelectMany(check => check.Check(rule).Distinct(StringComparer.Ordinal).Take(MostOfACheck).Select(message => new RuleProblem(rule.Place, $"{rule.Title}: {message}", IsError: false, check.Name))));
    }
}
