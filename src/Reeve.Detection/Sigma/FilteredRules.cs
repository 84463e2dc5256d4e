using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Sigma;

/// <summary>Puts filters to the rules they are meant for.</summary>
internal static class FilteredRules
{
    /// <summary>The rules, each with its filters; a filter without a rule is remarked on.</summary>
    public static List<DetectionRule> Of(IReadOnlyList<DetectionRule> rules, IReadOnlyList<SigmaFilter> filters, ICollection<RuleProblem> problems)
    {
        var filtered = new List<DetectionRule>(rules.Count);
        var used = new HashSet<SigmaFilter>(ReferenceEqualityComparer.Instance);
        var uses = 0;
        foreach (var rule in rules)
        {
            var own = uses > SigmaLimits.FilterUses ? [] : filters.Where(filter => filter.AppliesTo(rule)).ToList();
            filtered.Add(own.Count == 0 ? rule : rule with
            {
                Condition = new Condition.All([rule.Condition, .. own.Select(filter => filter.Condition)]),
                Written = [.. rule.Written, .. own.SelectMany(filter => filter.Written)],
            });
            used.UnionWith(own);
            uses += own.Count;
            if (uses > SigmaLimits.FilterUses && own.Count > 0)
                problems.Add(new RuleProblem(rule.Place, $"from here on rules run without filters, which are put to rules more than {SigmaLimits.FilterUses} times; let them name the rules they are for"));
        }

        foreach (var filter in filters.Where(filter => !used.Contains(filter)))
            problems.Add(new RuleProblem(filter.Place, $"the filter '{filter.Title}' applies to no rule that was read", IsError: false, "idle-filter"));
        return filtered;
    }
}
