using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Reeve.Audit.Policy.Traffic;
using Reeve.Server.Policies;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/policy/traffic</c>.</summary>
internal static class PolicyTrafficEndpoint
{
    /// <summary>The stored traffic, added up.</summary>
    /// <param name="Traffic">From what it is told.</param>
    /// <param name="Rows">The events, those together that no policy tells apart.</param>
    internal sealed record Answer(PolicyTraffic Traffic, IReadOnlyList<TrafficRowJson> Rows)
    {
        /// <summary>The same as a policy is tried on it.</summary>
        public RecordedTraffic Recorded() => Rows.Count == 0 ? RecordedTraffic.None : new([.. Rows.Select(row => row.Row())], Traffic.From, Traffic.To);
    }

    public static void MapPolicyTraffic(this IEndpointRouteBuilder policy) => policy.MapGet("/traffic", ReadAsync)
        .AsksOfPolicy<Answer>()
        .WithName("readPolicyTraffic").WithSummary("The stored traffic, added up as audit policies tell it apart")
        .WithDescription("What reeve policy simulate, coverage and suggest read from a server: who did what, how often, at which level and stage, and how many bytes that is. At most 200,000 rows; of very much traffic a sample is read.");

    private static async Task<IResult> ReadAsync(
        [FromServices] ITrafficReads reads, TimeProvider time, CancellationToken cancellationToken,
        [Description(PolicyQuestion.FromText)] string? from = null,
        [Description(PolicyQuestion.ToText)] string? to = null,
        [Description(PolicyQuestion.ClusterText)] string? cluster = null,
        [Description("Whether objects of different names are told apart: a policy with resourceNames needs it.")] bool names = false)
    {
        if (!PolicyQuestion.TryTraffic(from, to, cluster, names, time.GetUtcNow(), out var request, out var problem))
            return problem;
        var traffic = await reads.ReadAsync(request, cancellationToken);
        return Results.Ok(new Answer(PolicyTraffic.Of(traffic), [.. traffic.Traffic.Rows.Select(TrafficRowJson.Of)]));
    }
}
