using Reeve.Detection.Rules;

namespace Reeve.Rules;

/// <summary>What the tests of one file ask, of the rules of all.</summary>
internal static class TestedRules
{
    /// <summary>
    /// The rules of a file, which alert as if it stood alone, and those of other files that its correlations refer to, which do not. Of a
    /// file that has only filters, lists or changes of other rules, all rules.
    /// </summary>
    public static RuleSet Of(string file, RuleSet all)
    {
        if (!HasRules(file, all))
            return all;
        var correlations = all.Correlations.Where(rule => rule.Place.File == file).ToList();
        var inner = correlations.SelectMany(rule => rule.Rules).ToHashSet(StringComparer.Ordinal);
        var needed = new HashSet<string>(inner, StringComparer.Ordinal);
        // Each stands behind those it refers to.
        foreach (var rule in all.Correlations.Reverse().Where(rule => needed.Contains(rule.Id)))
            needed.UnionWith(rule.Rules);
        bool Alerts(Rule rule) => rule.Place.File == file && (rule.Alerts || !inner.Contains(rule.Id));
        bool IsAsked(Rule rule) => rule.Place.File == file || needed.Contains(rule.Id);
        return new RuleSet(
            [.. all.Detections.Where(IsAsked).Select(rule => rule with { Alerts = Alerts(rule) })],
            [.. all.Correlations.Where(IsAsked).Select(rule => rule with { Alerts = Alerts(rule) })]);
    }

    /// <summary>Whether a rule of the set stands in a file.</summary>
    public static bool HasRules(string file, RuleSet all) => all.Detections.Concat<Rule>(all.Correlations).Any(rule => rule.Place.File == file);
}
