using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query.Parsing;

namespace Reeve.Server.Api;

/// <summary>What the API answers where a question cannot be put to the store, or the store does not answer it.</summary>
internal static partial class StoreProblems
{
    /// <summary>A filter that cannot be understood: 400 with <c>column</c>, <c>found</c> and <c>expected</c> beside the text.</summary>
    public static IResult Filter(QueryError error) => Results.Problem(
        $"The query cannot be understood: {error}.",
        statusCode: StatusCodes.Status400BadRequest,
        title: "Bad query",
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["parameter"] = "q",
            ["column"] = error.Column,
            ["found"] = error.Found,
            ["expected"] = error.Expected,
        });

    /// <summary>A parameter that has no such value: 400 with <c>parameter</c> and <c>expected</c>.</summary>
    public static IResult Parameter(string name, string expected) => Results.Problem(
        $"'{name}' is {expected}.",
        statusCode: StatusCodes.Status400BadRequest,
        title: "Bad parameter",
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["parameter"] = name, ["expected"] = expected });

    /// <summary>Answers 503 with <c>Retry-After</c> where the store is away or overloaded.</summary>
    public static async ValueTask<object?> TellAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ClickHouseException failure) when (failure.Failure is StoreFailure.Unavailable or StoreFailure.Overloaded)
        {
            var away = failure.Failure == StoreFailure.Unavailable;
            Log.NoAnswer(Logger(context.HttpContext), failure.Failure, failure.Message);
            context.HttpContext.Response.Headers.RetryAfter = away ? "2" : "10";
            return Results.Problem(
                away
                    ? "The store does not answer; it is restarted by itself. Events are still accepted."
                    : "The store has not the time or memory for this now. Ask for a shorter time range, or again later.",
                statusCode: StatusCodes.Status503ServiceUnavailable,
                title: away ? "Store unavailable" : "Store overloaded");
        }
    }

    private static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Reeve.Server.Api");

    private static partial class Log
    {
        [LoggerMessage(1120, LogLevel.Warning, "A request was not answered because the store is {Failure}: {Reason}")]
        public static partial void NoAnswer(ILogger log, StoreFailure failure, string reason);
    }
}
