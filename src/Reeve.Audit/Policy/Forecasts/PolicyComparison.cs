using System.Collections.Immutable;
using Reeve.Audit.Policy.Traffic;

namespace Reeve.Audit.Policy.Forecasts;

/// <summary>Two policies side by side on the same traffic. Immutable.</summary>
/// <param name="First">What the first would record.</param>
/// <param name="Second">What the second would.</param>
/// <param name="Differences">Where they differ, the largest difference first.</param>
public sealed record PolicyComparison(PolicyForecast First, PolicyForecast Second, ImmutableArray<PolicyDifference> Differences)
{
    /// <summary>Compares them.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    /// <param name="traffic">What was recorded.</param>
    /// <param name="ct">Ends it.</param>
    public static PolicyComparison Of(AuditPolicy first, AuditPolicy second, RecordedTraffic traffic, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        var sizes = new StageSizes(traffic);
        var differences = traffic.Rows.GroupBy(row => row.Request, PolicyRequestComparer.Instance)
            .Select(rows => (Request: rows.Key, One: first.Decide(rows.Key), Other: second.Decide(rows.Key), Rows: rows.ToList()))
            .Where(each => each.One with { Rule = 0 } != each.Other with { Rule = 0 })
            .GroupBy(each => (each.Request.Verb, What: each.Request.IsResource ? each.Request.Written : each.Request.Path, each.One.Level, OneStages: each.One.Stages, OtherLevel: each.Other.Level, OtherStages: each.Other.Stages))
            .Select(group => new PolicyDifference(
                group.Key.Verb, group.Key.What, group.Key.Level, group.Key.OneStages, group.Key.OtherLevel, group.Key.OtherStages,
                Sum(group.Select(each => Count(each.One, each.Rows, sizes))), Sum(group.Select(each => Count(each.Other, each.Rows, sizes)))))
            .OrderByDescending(difference => Math.Abs(difference.Second.Bytes - difference.First.Bytes));
        // These first: they can be ended.
        var (one, other) = (PolicyForecast.Of(first, traffic, ct), PolicyForecast.Of(second, traffic, ct));
        return new(one, other, [.. differences]);
    }

    private static Volume Count(PolicyDecision decision, IReadOnlyList<TrafficRow> rows, StageSizes sizes)
    {
        var count = new RuleCount(decision.Rule);
        count.Add(decision, rows, sizes);
        return count.Forecast.Volume;
    }

    private static Volume Sum(IEnumerable<Volume> volumes) => volumes.Aggregate(default(Volume), (sum, volume) => sum + volume);
}

/// <summary>Requests about which two policies differ.</summary>
/// <param name="Verb">Their verb.</param>
/// <param name="What">Their resource as a policy writes it, or their path.</param>
/// <param name="FirstLevel">The level of the first.</param>
/// <param name="FirstStages">The stages it records.</param>
/// <param name="SecondLevel">The level of the second.</param>
/// <param name="SecondStages">The stages it records.</param>
/// <param name="First">What the first records of them.</param>
/// <param name="Second">What the second does.</param>
public sealed record PolicyDifference(
    string Verb, string What, AuditLevel FirstLevel, AuditStages FirstStages, AuditLevel SecondLevel, AuditStages SecondStages, Volume First, Volume Second)
{
    /// <summary>Whether the second records something of them less: them, a stage, or a body.</summary>
    public bool IsLoss => SecondLevel < FirstLevel || (FirstStages & ~SecondStages) != AuditStages.None;

    /// <summary>Whether it records something of them more.</summary>
    public bool IsGain => SecondLevel > FirstLevel || (SecondStages & ~FirstStages) != AuditStages.None;
}
