using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reeve.Server.Sources;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/sources</c>.</summary>
internal static class SourceEndpoints
{
    /// <summary>What every source is doing.</summary>
    /// <param name="Sources">Ordered by name.</param>
    internal sealed record Answer(IReadOnlyList<SourceStatus> Sources);

    public static void MapSources(this IEndpointRouteBuilder api) =>
        api.MapGet("/sources", (SourceRegistry sources) => TypedResults.Ok(new Answer(sources.Snapshot())))
            .WithTags("Sources").WithName("listSources").WithSummary("What every source is doing")
            .WithDescription("State, events received since the start and how many of them were duplicates, unreadable or truncated, when the last one came, and the progress of an import in bytes.");
}
