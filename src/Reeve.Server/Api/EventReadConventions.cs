using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Reeve.Server.Api;

/// <summary>What all endpoints that read events from the store have in common.</summary>
internal static class EventReadConventions
{
    /// <summary>The answer, the problem of a wrong question, and the problem of a store that does not answer.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="wrong">The status of a question that has no answer.</param>
    public static RouteHandlerBuilder ReadsEvents<TAnswer>(this RouteHandlerBuilder endpoint, int wrong) =>
        endpoint.AddEndpointFilter(StoreProblems.TellAsync)
            .Produces<TAnswer>().ProducesProblem(wrong).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithTags("Events");
}
