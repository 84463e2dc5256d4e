using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Forecasts;
using Reeve.Detection.Policy.Reading;
using Reeve.Server.Policies;
using Reeve.Store.Query.Traffic;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/policy/simulate</c>.</summary>
internal static class PolicySimulateEndpoint
{
    private const int MostDifferences = 1_000;

    /// <summary>What is asked.</summary>
    /// <param name="Policy">The policy's text.</param>
    /// <param name="Second">The text of a second policy.</param>
    /// <param name="From">The first time.</param>
    /// <param name="To">The time after the last.</param>
    /// <param name="Cluster">One cluster.</param>
    internal sealed record Question(
        [property: Description("The policy's text.")] string? Policy,
        [property: Description("The text of a second policy, that is compared with the first.")] string? Second,
        [property: Description(PolicyQuestion.FromText)] string? From,
        [property: Description(PolicyQuestion.ToText)] string? To,
        [property: Description(PolicyQuestion.ClusterText)] string? Cluster);

    /// <summary>What policies would have recorded of the stored traffic. Volumes are those of a day.</summary>
    /// <param name="Traffic">From what it is told.</param>
    /// <param name="Recorded">What is stored.</param>
    /// <param name="Policies">What each policy would have made of it.</param>
    /// <param name="Lost">What the second records less than the first, the most first; left out without a second.</param>
    /// <param name="Gained">What it records more.</param>
    /// <param name="Unknown">What every cluster has and the traffic does not: no forecast can count it.</param>
    internal sealed record Answer(
        PolicyTraffic Traffic, DailyVolume Recorded, IReadOnlyList<Forecast> Policies, IReadOnlyList<Difference>? Lost, IReadOnlyList<Difference>? Gained, IReadOnlyList<string> Unknown);

    /// <summary>What a policy would have recorded.</summary>
    /// <param name="Total">All of it.</param>
    /// <param name="Guessed">How much of that is of stages that are not stored.</param>
    /// <param name="WithoutBodies">Events whose bodies are not stored and would be recorded: they would be larger than told.</param>
    /// <param name="Truncated">Events of kinds of which some pass 100 KiB, which --audit-log-truncate-enabled would send without bodies.</param>
    /// <param name="Rules">By rule; what no rule is for comes last, as -1.</param>
    internal sealed record Forecast(DailyVolume Total, DailyVolume Guessed, double WithoutBodies, double Truncated, IReadOnlyList<ForecastRule> Rules);

    /// <summary>What a rule makes of it.</summary>
    /// <param name="Rule">Its index; -1 for what no rule is for.</param>
    /// <param name="Line">The line where it stands; 0 for none.</param>
    /// <param name="Level">Its level.</param>
    /// <param name="Decided">What it decides about, as it is stored.</param>
    /// <param name="Recorded">What it would record.</param>
    /// <param name="Share">How much of all bytes that is, 0 to 1.</param>
    /// <param name="BusiestUser">Who most of it is from.</param>
    /// <param name="BusiestShare">How much of it, 0 to 1.</param>
    internal sealed record ForecastRule(int Rule, int Line, string Level, DailyVolume Decided, DailyVolume Recorded, double Share, string BusiestUser, double BusiestShare);

    /// <summary>Requests about which the policies differ.</summary>
    /// <param name="Verb">Their verb.</param>
    /// <param name="What">Their resource, or path.</param>
    /// <param name="FirstLevel">The level of the first.</param>
    /// <param name="FirstStages">The stages it records.</param>
    /// <param name="SecondLevel">The level of the second.</param>
    /// <param name="SecondStages">The stages it records.</param>
    /// <param name="First">What the first records.</param>
    /// <param name="Second">What the second does.</param>
    internal sealed record Difference(
        string Verb, string What, string FirstLevel, IReadOnlyList<string> FirstStages, string SecondLevel, IReadOnlyList<string> SecondStages, DailyVolume First, DailyVolume Second);

    public static void MapPolicySimulate(this IEndpointRouteBuilder policy) => policy.MapPost("/simulate", SimulateAsync)
        .AsksOfPolicy<Answer>()
        .WithName("simulatePolicy").WithSummary("What an audit policy would have recorded of the stored traffic")
        .WithDescription("Counts stored events by rule of the policy, as events and bytes a day. What the log lacks because its own policy left it out cannot be counted: 'unknown' names it. Of very much traffic a sample is read.");

    private static async Task<IResult> SimulateAsync(
        Question question, [FromServices] ITrafficReads reads, [FromServices] PolicyWorkbench workbench, TimeProvider time, CancellationToken cancellationToken)
    {
        var (first, problem) = await PolicyQuestion.ReadAsync(question.Policy, "policy", cancellationToken);
        if (first?.Policy is null)
            return problem!;
        var second = first;
        if (!string.IsNullOrEmpty(question.Second))
            (second, problem) = await PolicyQuestion.ReadAsync(question.Second, "second", cancellationToken);
        if (second?.Policy is null)
            return problem!;
        if (!PolicyQuestion.TryTraffic(question.From, question.To, question.Cluster, first.Policy.HasNames || second.Policy.HasNames, time.GetUtcNow(), out var request, out problem))
            return problem;
        var traffic = await reads.ReadAsync(request, cancellationToken);
        return Results.Ok(Of(first, second, traffic, await workbench.CompareAsync(first.Policy, second.Policy, traffic, cancellationToken)));
    }

    private static Answer Of(PolicyReading first, PolicyReading second, StoredTraffic traffic, PolicyComparison comparison)
    {
        var days = comparison.First.TimesADay;
        var isOne = ReferenceEquals(first, second);
        return new(
            PolicyTraffic.Of(traffic),
            DailyVolume.Of(comparison.First.Recorded, days),
            isOne ? [Of(first, comparison.First)] : [Of(first, comparison.First), Of(second, comparison.Second)],
            isOne ? null : [.. comparison.Differences.Where(each => each.IsLoss).Take(MostDifferences).Select(each => Of(each, days))],
            isOne ? null : [.. comparison.Differences.Where(each => each.IsGain).Take(MostDifferences).Select(each => Of(each, days))],
            [.. TrafficGaps.Of(traffic.Traffic)]);
    }

    private static Forecast Of(PolicyReading reading, PolicyForecast forecast)
    {
        var days = forecast.TimesADay;
        return new(
            DailyVolume.Of(forecast.Total, days), DailyVolume.Of(forecast.Guessed, days), forecast.WithoutBodies * days, forecast.Truncated * days,
            [.. forecast.Rules.Select(rule => new ForecastRule(
                rule.Rule, PolicyQuestion.LineOf(reading, rule.Rule), (rule.Rule == PolicyDecision.NoRule ? AuditLevel.None : reading.Policy!.Rules[rule.Rule].Level).ToString(),
                DailyVolume.Of(rule.Decided, days), DailyVolume.Of(rule.Volume, days), rule.Volume.ShareOf(forecast.Total), rule.BusiestUser, rule.BusiestShare))]);
    }

    private static Difference Of(PolicyDifference each, double days) => new(
        each.Verb, each.What, each.FirstLevel.ToString(), PolicyQuestion.Names(each.FirstStages), each.SecondLevel.ToString(), PolicyQuestion.Names(each.SecondStages),
        DailyVolume.Of(each.First, days), DailyVolume.Of(each.Second, days));
}
