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
    /// <param name="Timing">How long the request took.</param>
    internal sealed record Answer(EventJson Event, IReadOnlyList<EventJson> Stages, Timing Timing);

    /// <summary>How long a request took; what is not known is left out.</summary>
    /// <param name="Received">When the apiserver received it.</param>
    /// <param name="AnsweredMs">Milliseconds until its first answer.</param>
    /// <param name="SessionMs">Milliseconds from the start of the answer to its end: the length of an exec or a watch.</param>
    /// <param name="Open">Whether the answer started and no stored stage says that it ended.</param>
    internal sealed record Timing(DateTime? Received, double? AnsweredMs, double? SessionMs, bool Open)
    {
        public static Timing Of(RequestTiming timing) =>
            new(timing.Received, timing.Answered?.TotalMilliseconds, timing.Session?.TotalMilliseconds, timing.IsOpen);
    }

    public static void MapEvent(this IEndpointRouteBuilder api) =>
        api.MapGet("/events/{id}", GetAsync)
            .ReadsEvents<Answer>(StatusCodes.Status404NotFound)
            .WithName("getEvent").WithSummary("One event, whole")
            .WithDescription("Answers the event with its own JSON, all stages of its request that are stored with their ids, and how long it took.");

    private static async Task<IResult> GetAsync(
        [Description("The event's id, 'SERVER-NUMBER'.")] string id, [FromServices] EventSearch search,
        [FromServices] FindingSearch findings, CancellationToken cancellationToken)
    {
        if (await search.GetAsync(id, cancellationToken) is not { } found)
            return Results.Problem($"No event has the id '{id}'.", statusCode: StatusCodes.Status404NotFound, title: "No such event");
        var stages = await search.StagesAsync(found, cancellationToken);
        var about = await findings.OfAsync([found, .. stages], cancellationToken);
        return Results.Ok(new Answer(EventJson.Of([found], about)[0], EventJson.Of(stages, about), Timing.Of(RequestTiming.Of(stages, found))));
    }
}
