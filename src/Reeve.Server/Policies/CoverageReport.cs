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
public sealed record CoverageReport(AuditPolicy Policy, bool IsObserved, ImmutableArray<MendedRule> Rules, ImmutableArray<MendedControl> Controls, double TimesADay)
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
        // What was only observed has no place for a change.
        PolicyChange? Change(IReadOnlyCollection<Loss> losses) => policy is null ? null : PolicyChange.For(policy, losses);
        ChangePrice? Price(PolicyChange? change) => change is null || forecast is null ? null : ChangePrice.Of(change, forecast, traffic!, ct);
        MendedRule Mended(RuleCoverage each)
        {
            var change = Change(each.Sight.Losses);
            return new(each.Rule, each.Sight, change, Price(change));
        }

        return new CoverageReport(
            held,
            policy is null,
            [.. coverage.Of(rules, least).OrderByDescending(each => each.Rule.Level).ThenBy(each => each.Rule.Title, StringComparer.Ordinal).Select(Mended)],
            Mend(ShippedFrameworks.Read(lists).Frameworks, coverage, Change, Price),
            traffic?.TimesADay ?? 0);
    }

    private static ImmutableArray<MendedControl> Mend(
        IReadOnlyList<Framework> frameworks, PolicyCoverage coverage, Func<IReadOnlyCollection<Loss>, PolicyChange?> change, Func<PolicyChange?, ChangePrice?> price)
    {
        // Many controls ask the same.
        var known = new Dictionary<string, (PolicyChange? Change, ChangePrice? Price)>(StringComparer.Ordinal);
        var controls = ImmutableArray.CreateBuilder<MendedControl>();
        foreach (var control in ControlCoverage.Of(frameworks, coverage).Where(each => each.Visibility is not null))
        {
            if (!known.TryGetValue(control.Asked, out var mended))
            {
                mended.Change = change([.. control.Questions.SelectMany(each => each.Sight.Losses)]);
                mended.Price = price(mended.Change);
                known[control.Asked] = mended;
            }

            controls.Add(new(control, mended.Change, mended.Price));
        }

        return controls.ToImmutable();
    }
}

/// <summary>A rule, what it sees, and the smallest change of the policy by which it sees all.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Sight">What it sees.</param>
/// <param name="Change">The change; null where it sees all, or where there is no policy to change.</param>
/// <param name="Price">What the change adds; null without traffic.</param>
public sealed record MendedRule(Rule Rule, Sight Sight, PolicyChange? Change, ChangePrice? Price);
