using System.Collections.Immutable;
using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Sigma;

/// <summary>A filter (Sigma filters specification): its condition must hold besides that of the rules it names.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Rules">Ids, names or titles; none for all rules.</param>
/// <param name="LogSource">The log of the rules it is meant for.</param>
/// <param name="Condition">What must hold.</param>
/// <param name="Written">Where its fields stand.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record SigmaFilter(string Title, IReadOnlySet<string> Rules, LogSource LogSource, Condition Condition, ImmutableArray<WrittenItem> Written, RulePlace Place)
{
    /// <summary>Whether it is meant for a rule.</summary>
    public bool AppliesTo(DetectionRule rule) =>
        (Rules.Count == 0 || Rules.Contains(rule.Id) || Rules.Contains(rule.Title) || (rule.Name.Length > 0 && Rules.Contains(rule.Name)))
        && Agrees(LogSource.Product, rule.LogSource.Product) && Agrees(LogSource.Category, rule.LogSource.Category) && Agrees(LogSource.Service, rule.LogSource.Service);

    private static bool Agrees(string filter, string rule) => filter.Length == 0 || filter.Equals(rule, StringComparison.OrdinalIgnoreCase);
}
