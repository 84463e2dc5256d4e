using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Reeve.Server.Telemetry;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: everything an event needs on its way works.</summary>
internal static partial class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The answer of <c>/readyz</c>.</summary>
    /// <param name="Ready">Whether every check is.</param>
    /// <param name="Checks">Each check.</param>
    internal sealed record Answer(bool Ready, IReadOnlyList<ReadinessReport> Checks);

    public static IEndpointRouteBuilder MapReeveHealth(this IEndpointRouteBuilder endpoints, Action<IEndpointConventionBuilder> protect)
    {
        ArgumentNullException.ThrowIfNull(protect);
        protect(endpoints.MapGet("/healthz", () => TypedResults.Ok(new { alive = true }))
            .WithTags("Health").WithName("health").WithSummary("Whether the process answers")
            .WithDescription("Open on loopback, behind a token elsewhere."));
        protect(endpoints.MapGet("/readyz", CheckAsync)
            .Produces<Answer>().Produces<Answer>(StatusCodes.Status503ServiceUnavailable)
            .WithTags("Health").WithName("ready").WithSummary("Whether events are accepted, stored and searchable")
            .WithDescription("200 when every check is ready, else 503; each check says what is the case and what to do. Open on loopback, behind a token elsewhere."));
        return endpoints;
    }

    private static async Task<IResult> CheckAsync(IEnumerable<IReadinessCheck> checks, TimeProvider time, ILogger<Answer> log, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var reports = await Task.WhenAll(checks.Select(check => ReportAsync(check, log, either.Token)));
        var answer = new Answer(reports.All(report => report.Ready), reports);
        return Results.Json(answer, statusCode: answer.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<ReadinessReport> ReportAsync(IReadinessCheck check, ILogger log, CancellationToken cancellationToken)
    {
        try
        {
            var found = await check.CheckAsync(cancellationToken).AsTask().WaitAsync(cancellationToken);
            return new ReadinessReport(check.Name, found.Ready, found.Message, found.Action);
        }
        catch (OperationCanceledException)
        {
            return new ReadinessReport(check.Name, Ready: false, $"no answer within {Patience.TotalSeconds:0} s", Action: null);
        }
        catch (Exception failure)
        {
            Log.CheckFailed(log, failure, check.Name);
            return new ReadinessReport(check.Name, Ready: false, "the check itself failed", "see the server's log");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1200, LogLevel.Error, "The readiness check {Check} failed")]
        public static partial void CheckFailed(ILogger log, Exception failure, string check);
    }
}
