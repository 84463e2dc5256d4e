using System.Collections.Immutable;
using Reeve.Audit.Findings;
using Reeve.Detection.Alerts;

namespace Reeve.EndToEnd.Rules;

/// <summary>What must be raised in a recorded scenario. Immutable.</summary>
/// <param name="Rows">Rows of the catalogue of behaviours, like <c>b034</c>, each of which an alert must have as its tag.</param>
/// <param name="Level">The level of these alerts.</param>
/// <param name="Actor">Their actor.</param>
/// <param name="Object">Their object; null for any.</param>
/// <param name="Line">Where it is written down, 1-based.</param>
internal sealed record Expectation(ImmutableArray<string> Rows, FindingLevel Level, string Actor, string? Object, int Line)
{
    /// <summary>Whether an alert is what is expected for a row.</summary>
    public bool IsMetBy(Alert alert, string row) => alert.Rule.Level == Level && IsAbout(alert) && Has(alert, row);

    /// <summary>Whether an alert is what is expected for any of the rows.</summary>
    public bool IsMetBy(Alert alert) => Rows.Any(row => IsMetBy(alert, row));

    /// <summary>Whether an alert comes near it, to say what was raised instead: the row with another level, actor or object, or another row of the same.</summary>
    public bool IsNear(Alert alert, string row) => Has(alert, row) || (Object is not null && IsAbout(alert));

    /// <summary>One row of it, in words.</summary>
    public string Describe(string row) => $"scenarios.yml:{Line}: {row} {Level.ToName()} | {Actor} | {Object ?? "any object"}";

    private bool IsAbout(Alert alert) => alert.Actor == Actor && (Object is null || alert.Object == Object);

    private static bool Has(Alert alert, string row) => alert.Rule.Tags.Contains($"catalogue.{row}", StringComparer.Ordinal);
}
