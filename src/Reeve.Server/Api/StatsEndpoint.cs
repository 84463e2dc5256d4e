using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Reeve.Store.Query;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/stats</c>.</summary>
internal static class StatsEndpoint
{
    private const int MaxTop = 1_000;
    private const int DefaultTop = 10;
    private const int DefaultBuckets = 60;

    /// <summary>What a query finds, in numbers.</summary>
    /// <param name="Total">How many rows.</param>
    /// <param name="First">The time of the earliest; left out where there is none.</param>
    /// <param name="Last">The time of the latest; left out where there is none.</param>
    /// <param name="Histogram">How they lie in time.</param>
    /// <param name="Values">The most frequent values of <c>by</c>, most frequent first; left out without <c>by</c>.</param>
    /// <param name="TookMs">Milliseconds it took.</param>
    internal sealed record Answer(long Total, DateTime? First, DateTime? Last, HistogramJson Histogram, IReadOnlyList<ValueCount>? Values, long TookMs);

    /// <summary>What to count.</summary>
    internal sealed class Parameters : EventParameters
    {
        /// <summary>The field.</summary>
        [Description("A field whose most frequent values are counted, such as user or verb.")]
        public string? By { get; init; }

        /// <summary>Most values.</summary>
        [Description("Most values of 'by', 1 to 1000; 10 where left out.")]
        public int? Top { get; init; }

        /// <summary>About how many buckets.</summary>
        [Description("Most buckets of the histogram, 1 to 1000; 60 where left out. The width is rounded up to a readable one.")]
        public int? Buckets { get; init; }
    }

    public static void MapStats(this IEndpointRouteBuilder api) =>
        api.MapGet("/stats", StatsAsync)
            .ReadsEvents<Answer>(StatusCodes.Status400BadRequest)
            .WithName("stats").WithSummary("Count events")
            .WithDescription("Answers how many rows a query finds, from when to when, how they lie in time by category, and the most frequent values of a field.");

    private static async Task<IResult> StatsAsync(
        [AsParameters] Parameters parameters, [FromServices] EventSearch search, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!parameters.TryRead(time.GetUtcNow(), out var query, out var problem))
            return problem!;
        if (parameters.Top is < 1 or > MaxTop)
            return StoreProblems.Parameter("top", $"a number from 1 to {MaxTop}");
        if (parameters.Buckets is < 1 or > EventSearch.MaxBuckets)
            return StoreProblems.Parameter("buckets", $"a number from 1 to {EventSearch.MaxBuckets}");
        var by = string.IsNullOrEmpty(parameters.By) ? null : parameters.By;
        var started = time.GetTimestamp();
        try
        {
            var stats = search.StatsAsync(query, by, parameters.Top ?? DefaultTop, cancellationToken);
            var histogram = search.HistogramAsync(query, parameters.Buckets ?? DefaultBuckets, cancellationToken);
            await Task.WhenAll(stats, histogram);
            var found = await stats;
            return Results.Ok(new Answer(
                found.Total, found.First, found.Last, HistogramJson.Of(await histogram), by is null ? null : found.Values,
                (long)time.GetElapsedTime(started).TotalMilliseconds));
        }
        catch (ArgumentException) when (by is not null)
        {
            return StoreProblems.Parameter("by", "a field whose values can be counted, such as user, verb or resource");
        }
    }
}
