using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Reeve.Store.Findings;
using Reeve.Store.Query;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/search</c>.</summary>
internal static class SearchEndpoint
{
    private const int MaxLimit = 1_000;
    private const int DefaultLimit = 100;

    /// <summary>A page of events.</summary>
    /// <param name="Rows">In the order asked for.</param>
    /// <param name="Next">What to send as <c>after</c> for the next page; null at the end.</param>
    /// <param name="TookMs">Milliseconds the search took.</param>
    internal sealed record Answer(
        IReadOnlyList<EventJson> Rows, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next, long TookMs);

    /// <summary>What to search, and how much of it to answer.</summary>
    internal sealed class Parameters : EventParameters
    {
        /// <summary>Most rows.</summary>
        [Description("Most rows of the page, 1 to 1000; 100 where left out.")]
        public int? Limit { get; init; }

        /// <summary>The place to go on from.</summary>
        [Description("The 'next' of the page before, with all other parameters unchanged.")]
        public string? After { get; init; }

        /// <summary>Newest or oldest first.</summary>
        [Description("'newest' (default) or 'oldest' first.")]
        public string? Order { get; init; }

        /// <summary>Whether each row carries its event.</summary>
        [Description("Whether each row carries the event's own JSON as 'raw'.")]
        public bool? Raw { get; init; }
    }

    public static void MapSearch(this IEndpointRouteBuilder api) =>
        api.MapGet("/search", SearchAsync)
            .ReadsEvents<Answer>(StatusCodes.Status400BadRequest)
            .WithName("search").WithSummary("Search events")
            .WithDescription("Answers one page of rows and the place of the next. A query that cannot be understood is a problem with 'column', 'found' and 'expected'.");

    private static async Task<IResult> SearchAsync(
        [AsParameters] Parameters parameters, [FromServices] EventSearch search, [FromServices] FindingSearch findings, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!parameters.TryRead(time.GetUtcNow(), out var query, out var problem))
            return problem!;
        if (parameters.Limit is < 1 or > MaxLimit)
            return StoreProblems.Parameter("limit", $"a number from 1 to {MaxLimit}");
        if (parameters.Order is not (null or "" or "newest" or "oldest"))
            return StoreProblems.Parameter("order", "'newest' or 'oldest'");
        var started = time.GetTimestamp();
        var request = new SearchRequest(
            query,
            parameters.Limit ?? DefaultLimit,
            parameters.Order == "oldest" ? SearchOrder.OldestFirst : SearchOrder.NewestFirst,
            string.IsNullOrEmpty(parameters.After) ? null : parameters.After,
            parameters.Raw ?? false);
        try
        {
            var page = await search.SearchAsync(request, cancellationToken);
            var found = await findings.OfAsync(page.Rows, cancellationToken);
            return Results.Ok(new Answer(EventJson.Of(page.Rows, found), page.Next, (long)time.GetElapsedTime(started).TotalMilliseconds));
        }
        catch (ArgumentException) when (request.After is not null)
        {
            return StoreProblems.Parameter("after", "the 'next' of an earlier page");
        }
    }
}
