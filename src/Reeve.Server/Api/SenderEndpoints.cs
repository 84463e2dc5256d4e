using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Reeve.Server.Security;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Senders;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/senders</c>.</summary>
internal static class SenderEndpoints
{
    /// <summary>Who delivers.</summary>
    /// <param name="Senders">Ordered by cluster, host and source.</param>
    internal sealed record Answer(IReadOnlyList<SenderJson> Senders);

    public static void MapSenders(this IEndpointRouteBuilder api)
    {
        var senders = api.MapGroup("/senders").WithTags("Sources");
        senders.MapGet("", (SenderRegistry registry) => TypedResults.Ok(new Answer([.. registry.Snapshot().Select(SenderJson.Of)])))
            .WithName("listSenders").WithSummary("Who delivers")
            .WithDescription(
                "Every sender of every source: its cluster, what it delivered since the server started, its rate over the last ten seconds, its lag, and what goes wrong. "
                + $"At most {SenderRegistry.Most} are told apart; what more there are is counted together with 'isOthers'. Senders of before a restart are shown until they are forgotten.");
        senders.MapDelete("/{id}", Forget).RequireAuthorization(Roles.Admin)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .WithName("forgetSender").WithSummary("Forget a sender")
            .WithDescription("For one that was decommissioned: it is no longer shown. When it delivers again, it is a new one. Its events stay.");
    }

    private static Results<NoContent, ProblemHttpResult> Forget(
        [Description("The sender's id, as listed.")] string id, KnownSenders senders, ClaimsPrincipal user) =>
        senders.Forget(id, user.Identity?.Name ?? "")
            ? TypedResults.NoContent()
            : TypedResults.Problem("No sender has that id.", statusCode: StatusCodes.Status404NotFound);
}

/// <summary>A sender in the API; see <see cref="SenderStatus"/>.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Source">The source's name.</param>
/// <param name="Kind">The source's type.</param>
/// <param name="Cluster">The cluster its next event is stored under.</param>
/// <param name="IsMapped">Whether somebody said so.</param>
/// <param name="IsAssignable">Whether an assignment decides it.</param>
/// <param name="IsOthers">Whether it stands for all that are too many to be told apart.</param>
/// <param name="Host">Which apiserver or node reports.</param>
/// <param name="Peer">The address it delivers from.</param>
/// <param name="San">The name in its certificate.</param>
/// <param name="Tag">The syslog tag.</param>
/// <param name="Events">Events and unreadable records since the start, duplicates included.</param>
/// <param name="EventsInAll">The same since it was first seen.</param>
/// <param name="Duplicates">Those received before.</param>
/// <param name="Unreadable">Those no event could be read from.</param>
/// <param name="Cut">Those of which a part is missing.</param>
/// <param name="Errors">How often something went wrong.</param>
/// <param name="EventsPerSecond">The mean rate of the last ten seconds.</param>
/// <param name="LastEvent">When the last one arrived.</param>
/// <param name="LagSeconds">How long the last one was on its way.</param>
/// <param name="Troubles">What goes wrong, the latest first.</param>
internal sealed record SenderJson(
    string Id,
    string Source,
    string Kind,
    string Cluster,
    bool IsMapped,
    bool IsAssignable,
    bool IsOthers,
    string Host,
    string? Peer,
    string San,
    string Tag,
    long Events,
    long EventsInAll,
    long Duplicates,
    long Unreadable,
    long Cut,
    long Errors,
    double EventsPerSecond,
    DateTimeOffset? LastEvent,
    double? LagSeconds,
    IReadOnlyList<SenderTrouble> Troubles)
{
    public static SenderJson Of(SenderStatus status) => new(
        status.Id, status.Source, status.Kind, status.Cluster, status.IsMapped, status.IsAssignable, status.IsOthers, status.Host,
        status.Sender.Peer?.ToString(), status.Sender.San, status.Sender.Tag,
        status.Events, status.EventsInAll, status.Duplicates, status.Unreadable, status.Cut, status.Errors,
        status.EventsPerSecond, status.LastEvent, status.Lag?.TotalSeconds, status.Troubles);
}
