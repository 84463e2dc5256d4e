using System.Collections.Immutable;
using Reeve.Detection.Rules;

namespace Reeve.Server.Alerts.Rules;

/// <summary>The rules that run, and what is wrong in their files. Immutable.</summary>
/// <param name="Rules">Every rule that can run.</param>
/// <param name="Problems">What cannot, and what was remarked.</param>
internal sealed record LoadedRules(RuleSet Rules, ImmutableArray<RuleProblem> Problems)
{
    /// <summary>The lists of the team by which they were read.</summary>
    public RuleLists Lists { get; init; } = RuleLists.Empty;

    /// <summary>How many rules run: all but those that wait for a list.</summary>
    public int Count { get; } = Rules.Awake.Detections.Length + Rules.Awake.Correlations.Length;

    /// <summary>What keeps a rule from running.</summary>
    public IEnumerable<RuleProblem> Errors => Problems.Where(problem => problem.IsError);
}
