using System.Collections.Immutable;
using Reeve.Audit.Policy.Traffic;

namespace Reeve.Audit.Policy.Forecasts;

/// <summary>
/// What a policy would have recorded of requests that were recorded before: exactly, but for stages and bodies that the log does not have
/// because its own policy left them out. Immutable.
/// </summary>
/// <param name="Recorded">What the log holds.</param>
/// <param name="Total">What the policy would have made of it.</param>
/// <param name="Rules">The same by the rules of the policy, in their order; what no rule is for comes last, with <see cref="PolicyDecision.NoRule"/>.</param>
/// <param name="Guessed">How much of <paramref name="Total"/> is of stages that the log lacks: as many events as there were requests, at the size others of that stage have.</param>
/// <param name="WithoutBodies">Events whose bodies the policy would have recorded and the log does not have: their size is a lower bound.</param>
/// <param name="Truncated">Events of kinds of which some are larger than the apiserver's <c>--audit-log-truncate-enabled</c> lets through whole; at most so many lose their bodies.</param>
/// <param name="TimesADay">What to multiply with for a day.</param>
public sealed record PolicyForecast(
    Volume Recorded, Volume Total, ImmutableArray<RuleForecast> Rules, Volume Guessed, long WithoutBodies, long Truncated, double TimesADay)
{
    /// <summary>Tries a policy on what was recorded.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="traffic">What was recorded.</param>
    /// <param name="ct">Ends it.</param>
    public static PolicyForecast Of(AuditPolicy policy, RecordedTraffic traffic, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(traffic);
        var sizes = new StageSizes(traffic);
        var rules = Enumerable.Range(0, policy.Rules.Length).Append(PolicyDecision.NoRule).ToDictionary(rule => rule, rule => new RuleCount(rule));
        foreach (var requests in traffic.Rows.GroupBy(row => row.Request, PolicyRequestComparer.Instance))
        {
            ct.ThrowIfCancellationRequested();
            var decision = policy.Decide(requests.Key);
            rules[decision.Rule].Add(decision, [.. requests], sizes);
        }

        var told = rules.Values.Select(rule => rule.Forecast).ToImmutableArray();
        return new PolicyForecast(
            new Volume(traffic.Events, traffic.Bytes),
            told.Aggregate(default(Volume), (sum, rule) => sum + rule.Volume),
            told,
            rules.Values.Aggregate(default(Volume), (sum, rule) => sum + rule.Guessed),
            rules.Values.Sum(rule => rule.WithoutBodies),
            traffic.Rows.Where(row => row.Largest > BackendTruncations.DefaultMost).Sum(row => row.Events),
            traffic.TimesADay);
    }
}

/// <summary>What a rule of a policy makes of requests.</summary>
/// <param name="Rule">Its index; <see cref="PolicyDecision.NoRule"/> for what no rule is for.</param>
/// <param name="Decided">What it decides about, as the log holds it.</param>
/// <param name="Volume">What it records of it.</param>
/// <param name="BusiestUser">Who most of what it decides about is from, by size; empty where there is nothing.</param>
/// <param name="BusiestShare">How much of what it decides about is from that one, 0 to 1.</param>
public sealed record RuleForecast(int Rule, Volume Decided, Volume Volume, string BusiestUser, double BusiestShare);
