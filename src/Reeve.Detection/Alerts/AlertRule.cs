using System.Collections.Immutable;
using Reeve.Audit.Findings;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Alerts;

/// <summary>What an alert says of the rule that raised it.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Format">In whose words it is written.</param>
public sealed record AlertRule(string Id, string Title, FindingLevel Level, ImmutableArray<string> Tags, RuleFormat Format)
{
    /// <summary>Of a rule.</summary>
    public static AlertRule Of(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new AlertRule(rule.Id, rule.Title, rule.Level, rule.Tags, rule.Format);
    }
}
