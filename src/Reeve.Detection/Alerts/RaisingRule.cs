using System.Collections.Immutable;
using Reeve.Detection.Matching;
using Reeve.Detection.Matching.Slots;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Alerts;

/// <summary>A rule over single events, made ready to raise alerts. Immutable.</summary>
/// <param name="Rule">What alerts say of it.</param>
/// <param name="Scope">What is one alert.</param>
/// <param name="Fields">What they show besides what matched.</param>
/// <param name="Output">The fields of its own sentence in their order; empty where it brings none.</param>
/// <param name="Sentence">Makes that sentence of the values of these.</param>
internal sealed record RaisingRule(AlertRule Rule, AlertScope Scope, ImmutableArray<Slot> Fields, ImmutableArray<Slot?> Output, Func<Alert, object?, string> Sentence)
{
    /// <summary>Of a rule.</summary>
    public static RaisingRule Of(DetectionRule rule, MatchSession session) => new(
        AlertRule.Of(rule), rule.AlertPer, [.. rule.Fields.Select(session.SlotOf)], [.. rule.Output.Select(part => part.Field is { } field ? session.SlotOf(field) : null)],
        (_, parts) => SentenceParts.Read(rule, (byte[])parts!));
}
