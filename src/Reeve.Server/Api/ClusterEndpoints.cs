using System.ComponentModel;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Reeve.Server.Configuration;
using Reeve.Server.Security;
using Reeve.Server.Sources.Clusters;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/clusters</c> and who is assigned to them.</summary>
internal static class ClusterEndpoints
{
    private const string Earlier = "It holds for records received from now on; earlier events stay in the cluster they were stored under.";

    /// <summary>Every cluster.</summary>
    /// <param name="Clusters">Ordered by name.</param>
    internal sealed record Answer(IReadOnlyList<ClusterStatus> Clusters);

    /// <summary>What people assigned.</summary>
    /// <param name="Assignments">The newest first.</param>
    internal sealed record AssignmentsAnswer(IReadOnlyList<AssignmentJson> Assignments);

    /// <summary>Whose events belong to a cluster: every part that is given must be the sender's, letter by letter.</summary>
    /// <param name="Cluster">The cluster's name.</param>
    /// <param name="Source">The name of the source.</param>
    /// <param name="Host">The host that reports.</param>
    /// <param name="Tag">The syslog tag.</param>
    /// <param name="San">The name in the sender's certificate.</param>
    /// <param name="Peer">The sender's address, or a network such as 10.0.0.0/8.</param>
    internal sealed record Request(string? Cluster, string? Source, string? Host, string? Tag, string? San, string? Peer);

    /// <summary>A new assignment.</summary>
    /// <param name="Assignment">The assignment.</param>
    /// <param name="Note">What it does not do.</param>
    internal sealed record Created(AssignmentJson Assignment, string Note);

    /// <summary>An assignment; parts that do not count are left out.</summary>
    /// <param name="Id">Names it.</param>
    /// <param name="Cluster">The cluster's name.</param>
    /// <param name="Source">The name of the source.</param>
    /// <param name="Host">The host that reports.</param>
    /// <param name="Tag">The syslog tag.</param>
    /// <param name="San">The name in the sender's certificate.</param>
    /// <param name="Peer">The network of the sender's address.</param>
    /// <param name="Created">When it was made.</param>
    /// <param name="CreatedBy">Who made it.</param>
    internal sealed record AssignmentJson(
        string Id, string Cluster, string? Source, string? Host, string? Tag, string? San, string? Peer, DateTimeOffset Created, string CreatedBy)
    {
        public static AssignmentJson Of(ClusterAssignment assignment) => new(
            assignment.Id, assignment.Cluster,
            Present(assignment.Match.Source), Present(assignment.Match.Host), Present(assignment.Match.Tag), Present(assignment.Match.San),
            assignment.Match.Peer?.ToString(), assignment.Created, assignment.CreatedBy);

        private static string? Present(string text) => text.Length == 0 ? null : text;
    }

    public static void MapClusters(this IEndpointRouteBuilder api)
    {
        var clusters = api.MapGroup("/clusters").WithTags("Clusters");
        clusters.MapGet("", (ClusterList list) => TypedResults.Ok(new Answer(list.Snapshot())))
            .WithName("listClusters").WithSummary("Every cluster")
            .WithDescription("Each cluster that is configured, assigned, or that events came for: who named it, which hosts report, and what came since the server started.");
        var assignments = clusters.MapGroup("/assignments");
        assignments.MapGet("", (ClusterAssignments store) => TypedResults.Ok(new AssignmentsAnswer([.. store.List().Select(AssignmentJson.Of)])))
            .WithName("listAssignments").WithSummary("Which senders are assigned to which cluster").WithDescription("The newest first.");
        assignments.MapPost("", Add).RequireAuthorization(Roles.Admin).ProducesProblem(StatusCodes.Status403Forbidden)
            .WithName("assignCluster").WithSummary("Assign senders to a cluster")
            .WithDescription(
                "For senders whose cluster neither reeve.yaml nor their address names; of several assignments the one with most parts counts. "
                + "An assignment of the same senders is replaced. " + Earlier);
        assignments.MapDelete("/{id}", Remove).RequireAuthorization(Roles.Admin).ProducesProblem(StatusCodes.Status403Forbidden)
            .WithName("removeAssignment").WithSummary("Take an assignment back").WithDescription(Earlier);
    }

    private static Results<Created<Created>, ProblemHttpResult> Add(Request request, ClusterAssignments store, ClaimsPrincipal user)
    {
        IPNetwork? peer = null;
        if (!string.IsNullOrEmpty(request.Peer))
        {
            if (!ConfigurationValues.TryParseNetwork(request.Peer, out var network))
                return Refused("'peer' is a network such as 10.0.0.0/8 or an address.");
            peer = network;
        }

        var match = new AssignmentMatch
        {
            Source = request.Source ?? "",
            Host = request.Host ?? "",
            Tag = request.Tag ?? "",
            San = request.San ?? "",
            Peer = peer,
        };
        return store.Add(request.Cluster ?? "", match, user.Identity?.Name ?? "") switch
        {
            ({ } added, _) => TypedResults.Created($"/api/v1/clusters/assignments/{added.Id}", new Created(AssignmentJson.Of(added), Earlier)),
            (_, var problem) => Refused(problem!),
        };
    }

    private static Results<NoContent, ProblemHttpResult> Remove(
        [Description("The assignment's id, as listed.")] string id, ClusterAssignments store, ClaimsPrincipal user) =>
        store.Remove(id, user.Identity?.Name ?? "")
            ? TypedResults.NoContent()
            : TypedResults.Problem("No assignment has that id.", statusCode: StatusCodes.Status404NotFound);

    private static ProblemHttpResult Refused(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest);
}
