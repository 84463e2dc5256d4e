using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Reeve.Audit.Findings;
using Reeve.Server.Alerts;
using Reeve.Server.Security;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/alerts</c>.</summary>
internal static class AlertEndpoints
{
    /// <summary>Some alerts.</summary>
    /// <param name="Alerts">The one with the latest event first.</param>
    /// <param name="Next">Give it as 'after' to go on; left out where there are no more.</param>
    internal sealed record Answer(IReadOnlyList<AlertJson> Alerts, string? Next);

    /// <summary>How to close an alert.</summary>
    /// <param name="Note">What is to be said about it.</param>
    internal sealed record Closing(string? Note);

    /// <summary>Which alerts.</summary>
    internal sealed class Parameters
    {
        /// <summary>The state.</summary>
        [Description("open or closed; left out, both.")]
        public string? State { get; init; }

        /// <summary>The least level.</summary>
        [Description("The least level: informational, low, medium, high or critical.")]
        public string? Level { get; init; }

        /// <summary>The rule.</summary>
        [Description("The id or the title of a rule.")]
        public string? Rule { get; init; }

        /// <summary>The cluster.</summary>
        [Description("One Kubernetes cluster.")]
        public string? Cluster { get; init; }

        /// <summary>A text.</summary>
        [Description("A text that stands in actor, object, title or sentence.")]
        public string? Text { get; init; }

        /// <summary>The first time.</summary>
        [Description("Its latest event is not before this: RFC 3339, or a time before now such as -1h.")]
        public string? From { get; init; }

        /// <summary>The time after the last.</summary>
        [Description("Its earliest event is before this, written like 'from'.")]
        public string? To { get; init; }

        /// <summary>How many.</summary>
        [Description("How many at most, 1 to 1000; 100 where left out.")]
        public int? Limit { get; init; }

        /// <summary>Where to go on.</summary>
        [Description("The 'next' of an answer, to go on behind it.")]
        public string? After { get; init; }
    }

    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/alerts").WithTags("Alerts");
        alerts.MapGet("", List)
            .Produces<Answer>().ProducesProblem(StatusCodes.Status400BadRequest)
            .WithName("listAlerts").WithSummary("What rules found").WithDescription("The alert with the latest event first. An alert is one rule, one actor and one object within a window, however many requests there were.");
        alerts.MapGet("/{id}", Find)
            .Produces<AlertJson>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("getAlert").WithSummary("One alert").WithDescription("With the values that made the rule match, and its events.");
        alerts.MapPost("/{id}/close", Close).RequireAuthorization(Roles.Analyst)
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("closeAlert").WithSummary("Close an alert").WithDescription("Somebody looked at it. It opens by itself when more events of it come.");
        alerts.MapPost("/{id}/open", Open).RequireAuthorization(Roles.Analyst)
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("openAlert").WithSummary("Open an alert again").WithDescription("Takes back that it was closed.");
    }

    private static IResult List([AsParameters] Parameters parameters, [FromServices] AlertReads reads, TimeProvider time)
    {
        if (Read(parameters, time.GetUtcNow(), out var query) is { } problem)
            return problem;
        var page = reads.List(query);
        return Results.Ok(new Answer([.. page.Alerts.Select(AlertJson.Of)], page.Next?.ToString()));
    }

    private static IResult? Read(Parameters parameters, DateTimeOffset now, out AlertQuery query)
    {
        query = new AlertQuery { Rule = parameters.Rule, Cluster = parameters.Cluster, Text = parameters.Text };
        var level = FindingLevel.Informational;
        if (!string.IsNullOrEmpty(parameters.Level) && !FindingLevels.TryParse(parameters.Level, out level))
            return StoreProblems.Parameter("level", "informational, low, medium, high or critical");
        if (parameters.State is not (null or "" or "open" or "closed"))
            return StoreProblems.Parameter("state", "open or closed");
        DateTime? from = null, to = null;
        if (!string.IsNullOrEmpty(parameters.From))
        {
            if (!ApiTime.TryParse(parameters.From, now, out var time))
                return StoreProblems.Parameter("from", ApiTime.Expected);
            from = time;
        }

        if (!string.IsNullOrEmpty(parameters.To))
        {
            if (!ApiTime.TryParse(parameters.To, now, out var time))
                return StoreProblems.Parameter("to", ApiTime.Expected);
            to = time;
        }

        if (parameters.Limit is < 1 or > AlertQuery.MostRows)
            return StoreProblems.Parameter("limit", $"a number from 1 to {AlertQuery.MostRows}");
        AlertPlace? after = null;
        if (!string.IsNullOrEmpty(parameters.After))
        {
            if (!AlertPlace.TryParse(parameters.After, out var place))
                return StoreProblems.Parameter("after", "the 'next' of an answer");
            after = place;
        }

        query = query with
        {
            IsOpen = parameters.State switch { "open" => true, "closed" => false, _ => null },
            MinLevel = level,
            From = from,
            To = to,
            After = after,
            Limit = parameters.Limit ?? query.Limit,
        };
        return null;
    }

    private static IResult Find([Description("The alert's id.")] string id, [FromServices] AlertReads reads) =>
        reads.Find(id) is { } found ? Results.Ok(AlertJson.Of(found)) : Missing(id);

    private static IResult Close([Description("The alert's id.")] string id, [FromServices] AlertStore alerts, ClaimsPrincipal user, [FromBody] Closing? closing = null)
    {
        var note = closing?.Note ?? "";
        if (note.Length > AlertStore.LongestNote)
            return StoreProblems.Parameter("note", $"at most {AlertStore.LongestNote} characters");
        return alerts.Close(id, user.Identity?.Name ?? "", note) ? Results.NoContent() : Missing(id);
    }

    private static IResult Open([Description("The alert's id.")] string id, [FromServices] AlertStore alerts, ClaimsPrincipal user) =>
        alerts.Open(id, user.Identity?.Name ?? "") ? Results.NoContent() : Missing(id);

    private static IResult Missing(string id) => Results.Problem($"No alert has the id '{id}'.", statusCode: StatusCodes.Status404NotFound);
}
