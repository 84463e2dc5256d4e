using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Reeve.Store.Query;
using Reeve.Store.Query.Overview;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/overview</c>.</summary>
internal static class OverviewEndpoint
{
    private const int DefaultBuckets = 60;
    private const string DefaultActor = "kubernetes-admin";

    private static readonly TimeSpan DefaultRange = TimeSpan.FromHours(24);

    /// <summary>What the Overview page shows. Each 'filter' is a query: with 'from' and 'to' it finds as many requests as its number says.</summary>
    /// <param name="From">The first time that is counted, a whole minute.</param>
    /// <param name="To">The time after the last, a whole minute.</param>
    /// <param name="Requests">All requests.</param>
    /// <param name="Unreadable">Records that are no event; their filter finds them in the view 'events'.</param>
    /// <param name="Histogram">Requests over time by category.</param>
    /// <param name="Actors">Who.</param>
    /// <param name="Namespaces">Where.</param>
    /// <param name="Tools">With which client.</param>
    /// <param name="Denied">Requests that the authorizer refused, by address.</param>
    /// <param name="FailedAuthentications">Requests without valid credentials, by address.</param>
    /// <param name="Secrets">Requests about secrets, by namespace and name.</param>
    /// <param name="Interactive">exec, attach, port-forward and the like, by subresource and actor.</param>
    /// <param name="Changes">What one actor created, changed and deleted with kubectl.</param>
    /// <param name="Clusters">The clusters that have requests in the time, whichever is asked for.</param>
    /// <param name="TookMs">Milliseconds it took.</param>
    internal sealed record Answer(
        DateTime From, DateTime To, OverviewCount Requests, OverviewCount Unreadable, HistogramJson Histogram, OverviewPanel Actors,
        OverviewPanel Namespaces, OverviewPanel Tools, OverviewPanel Denied, OverviewPanel FailedAuthentications, OverviewPanel Secrets,
        OverviewPanel Interactive, OverviewChanges Changes, IReadOnlyList<ValueCount> Clusters, long TookMs);

    /// <summary>What to count.</summary>
    internal sealed class Parameters
    {
        /// <summary>The first time.</summary>
        [Description("The first time: RFC 3339, a time before now such as -1h or -7d, or now; counted from its whole minute. Left out: 24 hours before 'to'.")]
        public string? From { get; init; }

        /// <summary>The time after the last.</summary>
        [Description("The time after the last, written like 'from'; counted to the next whole minute. Left out: now.")]
        public string? To { get; init; }

        /// <summary>One cluster.</summary>
        [Description("One Kubernetes cluster; left out or empty, all.")]
        public string? Cluster { get; init; }

        /// <summary>Whose changes.</summary>
        [Description("Whose changes with kubectl are counted; kubernetes-admin where left out.")]
        public string? Actor { get; init; }

        /// <summary>About how many buckets.</summary>
        [Description("About how many buckets the histogram has, 1 to 1000; 60 where left out. The width is rounded up to a readable one, a minute or more.")]
        public int? Buckets { get; init; }
    }

    public static void MapOverview(this IEndpointRouteBuilder api) =>
        api.MapGet("/overview", OverviewAsync)
            .ReadsEvents<Answer>(StatusCodes.Status400BadRequest)
            .WithName("overview").WithSummary("Who does what, in numbers")
            .WithDescription("Answers what the Overview page shows: requests over time and by actor, namespace, tool and more, each number with the query that finds what it counts.");

    private static async Task<IResult> OverviewAsync(
        [AsParameters] Parameters parameters, [FromServices] OverviewSearch search, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!ApiTime.TryParse(parameters.To is null or "" ? "now" : parameters.To, now, out var to))
            return StoreProblems.Parameter("to", ApiTime.Expected);
        var from = to > DateTime.MinValue + DefaultRange ? to - DefaultRange : DateTime.MinValue;
        if (!string.IsNullOrEmpty(parameters.From) && !ApiTime.TryParse(parameters.From, now, out from))
            return StoreProblems.Parameter("from", ApiTime.Expected);
        if (from > to)
            return StoreProblems.Parameter("to", "a time after 'from'");
        if (parameters.Buckets is < 1 or > EventSearch.MaxBuckets)
            return StoreProblems.Parameter("buckets", $"a number from 1 to {EventSearch.MaxBuckets}");
        var started = time.GetTimestamp();
        var request = new OverviewRequest(
            from, to,
            string.IsNullOrEmpty(parameters.Cluster) ? null : parameters.Cluster,
            string.IsNullOrEmpty(parameters.Actor) ? DefaultActor : parameters.Actor,
            parameters.Buckets ?? DefaultBuckets);
        var figures = await search.ReadAsync(request, cancellationToken);
        return Results.Ok(Of(figures, (long)time.GetElapsedTime(started).TotalMilliseconds));
    }

    private static Answer Of(OverviewFigures figures, long tookMs) => new(
        figures.From, figures.To, figures.Requests, figures.Unreadable, HistogramJson.Of(figures.Categories), figures.Actors, figures.Namespaces,
        figures.Tools, figures.Denied, figures.FailedAuthentications, figures.Secrets, figures.Interactive, figures.Changes, figures.Clusters, tookMs);
}
