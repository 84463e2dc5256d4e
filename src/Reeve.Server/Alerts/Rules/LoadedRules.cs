using System.Collections.Immutable;
using Reeve.Detection.Rules;

namespace Reeve.Server.Alerts.Rules;

/// <summary>The rules that run, and what is wrong in their files. Immutable.</summary>
/// <param name="Rules">Every rule that can run.</param>
/// <param name="Problems">What cannot, and what was remarked.</param>
internal sealed record LoadedRules(RuleSet Rules, ImmutableArray<RuleProblem> Problems)
{
    /// <summary>How many rules can raise alerts: not those that only feed others, nor those that wait for a list.</summary>
    public int Count { get; } = Rules.Detections.Concat<Rule>(Rules.Correlations).Count(rule => rule is { Alerts: true, Sleeps: false });

    /// <summary>What keeps a rule from running.</summary>
    public IEnumerable<RuleProblem> Errors => Problems.Where(problem => problem.IsError);
}
