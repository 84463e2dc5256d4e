using System.Collections.Immutable;
using Reeve.Audit.Findings;
using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Forecasts;
using Reeve.Audit.Policy.Traffic;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Coverage;
using Reeve.Detection.Rules;
using Reeve.Server.Compliance;

namespace Reeve.Server.Policies;

/// <summary>What rules and controls see under a policy, with what it would take and cost for each to see all.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="IsObserved">Whether it was told from a log.</param>
/// <param name="Rules">The rules, the most serious first.</param>
/// <param name="Controls">The controls that audit events speak for.</param>
/// <param name="TimesADay">What to multiply costs with for a day.</param>
public sealed record CoverageReport(AuditPolicy Policy, bool IsObserved, ImmutableArray<MendedRule> Rules, ImmutableArray<ControlCoverage> Controls, double TimesADay)
{
    /// <summary>Makes it.</summary>
    /// <param name="policy">The policy; null for what the traffic tells of it.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="lists">The lists of the team.</param>
    /// <param name="least">From which level on rules are looked at.</param>
    /// <param name="traffic">What changes are priced by; null where nothing was recorded.</param>
    /// <param name="ct">Ends it.</param>
    public static CoverageReport Of(AuditPolicy? policy, RuleSet rules, RuleLists lists, FindingLevel least, RecordedTraffic? traffic, CancellationToken ct = default)
    {
        var held = policy ?? ObservedPolicy.Of(traffic!);
        var coverage = new PolicyCoverage(held, ct);
        var forecast = policy is null || traffic is null ? null : PolicyForecast.Of(held, traffic, ct);
        return new CoverageReport(
            held,
            policy is null,
            [.. coverage.Of(rules, least).OrderByDescending(each => each.Rule.Level).ThenBy(each => each.Rule.Title, StringComparer.Ordinal).Select(each => Mended(each, held, traffic, forecast, ct))],
            [.. ControlCoverage.Of(ShippedFrameworks.Read(lists).Frameworks, coverage).Where(each => each.Visibility is not null)],
            traffic?.TimesADay ?? 0);
    }

    private static MendedRule Mended(RuleCoverage each, AuditPolicy policy, RecordedTraffic? traffic, PolicyForecast? forecast, CancellationToken ct)
    {
        // What was only observed has no place for a change.
        var change = forecast is null && traffic is not null ? null : PolicyChange.For(policy, each.Sight.Losses);
        return new MendedRule(each.Rule, each.Sight, change, change is null || forecast is null ? null : PolicyForecast.Of(change.Changed, traffic!, ct).Total - forecast.Total);
    }
}

/// <summary>A rule, what it sees, and the smallest change of the policy by which it sees all.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Sight">What it sees.</param>
/// <param name="Change">The change; null where it sees all, or where there is no policy to change.</param>
/// <param name="Cost">What the change adds in the time of the traffic; null without traffic.</param>
public sealed record MendedRule(Rule Rule, Sight Sight, PolicyChange? Change, Volume? Cost);
