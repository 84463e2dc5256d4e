using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Reeve.Server.Security;
using Reeve.Server.Sources;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/tokens</c>, for administrators.</summary>
internal static partial class TokenEndpoints
{
    /// <summary>Every token.</summary>
    /// <param name="Tokens">The newest first, revoked ones too.</param>
    internal sealed record Answer(IReadOnlyList<ApiToken> Tokens);

    /// <summary>What a new token shall be.</summary>
    /// <param name="Name">What it is for, 1 to 100 characters.</param>
    /// <param name="Role">What it may do.</param>
    /// <param name="Expires">When it stops working; left out, never.</param>
    /// <param name="Cluster">With the role <c>source</c>, and only then: the cluster whose events it may send.</param>
    internal sealed record Request(string? Name, Role Role, DateTimeOffset? Expires, string? Cluster = null);

    /// <summary>A new token.</summary>
    /// <param name="Token">What can be shown later too.</param>
    /// <param name="Secret">What programs send; it is never shown again.</param>
    internal sealed record Created(ApiToken Token, string Secret);

    public static void MapTokens(this IEndpointRouteBuilder api)
    {
        var tokens = api.MapGroup("/tokens").RequireAuthorization(Roles.Admin).WithTags("Tokens")
            .ProducesProblem(StatusCodes.Status403Forbidden);
        tokens.MapGet("", (TokenStore store) => TypedResults.Ok(new Answer(store.List())))
            .WithName("listTokens").WithSummary("Every API token").WithDescription("The newest first, without their secrets.");
        tokens.MapPost("", Create)
            .WithName("createToken").WithSummary("Make an API token")
            .WithDescription("The answer holds the secret; only its SHA-256 is kept, so it cannot be shown again. One with the role source sends the events of one cluster and may do nothing else.");
        tokens.MapDelete("/{id}", Revoke)
            .WithName("revokeToken").WithSummary("Revoke an API token").WithDescription("Takes effect at once.");
    }

    private static Results<Created<Created>, ProblemHttpResult> Create(
        Request request, TokenStore store, ClaimsPrincipal user, TimeProvider time, ILogger<TokenStore> log)
    {
        if (request.Name is not { } name || !TokenStore.IsName(name))
            return Refused($"'name' says what the token is for: {TokenStore.NameForm}.");
        if (request.Expires <= time.GetUtcNow())
            return Refused("'expires' is in the past.");
        if (request.Role == Role.Source && !ClusterName.IsValid(request.Cluster))
            return Refused($"'cluster' says whose events the token may send: {ClusterName.Form}.");
        if (request.Role != Role.Source && request.Cluster is not null)
            return Refused("'cluster' goes with the role 'source' only.");
        var by = user.Identity?.Name ?? "";
        var (token, secret) = store.Create(name, request.Role, by, request.Expires, request.Cluster);
        Log.Created(log, by, token.Id, name, request.Role);
        return TypedResults.Created($"/api/v1/tokens/{token.Id}", new Created(token, secret));
    }

    private static Results<NoContent, ProblemHttpResult> Revoke(
        [Description("The token's id, as listed.")] string id, TokenStore store, ClaimsPrincipal user, ILogger<TokenStore> log)
    {
        if (!store.Revoke(id))
            return TypedResults.Problem($"No token has the id '{id}'.", statusCode: StatusCodes.Status404NotFound);
        Log.Revoked(log, user.Identity?.Name ?? "", id);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Refused(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest);

    private static partial class Log
    {
        [LoggerMessage(1110, LogLevel.Information, "{User} made the token {Id} '{Name}' with the role {Role}")]
        public static partial void Created(ILogger log, string user, string id, string name, Role role);

        [LoggerMessage(1111, LogLevel.Information, "{User} revoked the token {Id}")]
        public static partial void Revoked(ILogger log, string user, string id);
    }
}
