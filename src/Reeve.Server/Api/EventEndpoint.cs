using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Reeve.Store.Findings;
using Reeve.Store.Query;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/events/{id}</c>.</summary>
internal static class EventEndpoint
{
    /// <summary>One event and the request it belongs to.</summary>
    /// <param name="Event">The event with its own JSON.</param>
    /// <param name="Stages">Every stored stage of its request, earliest first, the event among them.</param>
    internal sealed record Answer(EventJson Event, IReadOnlyList<EventJson> Stages);

    public static void MapEvent(this IEndpointRouteBuilder api) =>
        api.MapGet("/events/{id}", GetAsync)
            .ReadsEvents<Answer>(StatusCodes.Status404NotFound)
            .WithName("getEvent").WithSummary("One event, whole")
            .WithDescription("Answers the event with its own JSON, and all stages of its request that are stored.");

    private static async Task<IResult> GetAsync(
        [Description("The event's id, 'SERVER-NUMBER'.")] string id, [FromServices] EventSearch search,
        [FromServices] FindingSearch findings, CancellationToken cancellationToken)
    {
        if (await search.GetAsync(id, cancellationToken) is not { } found)
            return Results.Problem($"No event has the id '{id}'.", statusCode: StatusCodes.Status404NotFound, title: "No such event");
        var stages = await search.StagesAsync(found, cancellationToken);
        var about = await findings.OfAsync([found, .. stages], cancellationToken);
        return Results.Ok(new Answer(EventJson.Of([found], about)[0], EventJson.Of(stages, about)));
    }
}
