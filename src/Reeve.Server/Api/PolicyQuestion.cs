using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Reeve.Audit.Findings;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Reading;
using Reeve.Detection.Rules;
using Reeve.Server.Policies;
using Reeve.Store.Query;
using Reeve.Store.Query.Traffic;

namespace Reeve.Server.Api;

/// <summary>What the endpoints about audit policies have in common.</summary>
internal static class PolicyQuestion
{
    // Two policies of the longest kind, each character as JSON escapes it.
    private const long MostBytes = 16L << 20;

    /// <summary>What <c>from</c> is.</summary>
    public const string FromText = "The first time of the traffic: RFC 3339, a time before now such as -7d, or now. Left out: 24 hours before 'to'.";

    /// <summary>What <c>to</c> is.</summary>
    public const string ToText = "The time after the last, written like 'from'. Left out: now.";

    /// <summary>What <c>cluster</c> is.</summary>
    public const string ClusterText = "One Kubernetes cluster; left out or empty, all.";

    private static readonly TimeSpan DefaultRange = TimeSpan.FromHours(24);

    /// <summary>The limit of the body, the answer, and the problems.</summary>
    public static RouteHandlerBuilder AsksOfPolicy<TAnswer>(this RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
        .AddEndpointFilter(TellAsync).AddEndpointFilter(StoreProblems.TellAsync)
        .Produces<TAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .WithTags("Policy");

    /// <summary>Reads a policy that the apiserver takes; otherwise a problem with every error and its place.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="name">The parameter that holds it.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<(PolicyReading? Reading, IResult? Problem)> ReadAsync(string? text, string name, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(text))
            return (null, StoreProblems.Parameter(name, "the text of an audit policy"));
        if (text.Length > PolicyReader.Longest)
            return (null, StoreProblems.Parameter(name, $"at most {PolicyReader.Longest:N0} characters long; no audit policy is longer"));
        var reading = await PolicyWorkbench.ReadAsync(text, ct);
        return reading.Policy is not null ? (reading, null) : (null, Results.Problem(
            $"The apiserver does not start with this policy: {reading.Errors.First().Message}.",
            statusCode: StatusCodes.Status400BadRequest,
            title: "Bad policy",
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["parameter"] = name, ["errors"] = Places(reading.Errors) }));
    }

    /// <summary>The stored traffic that is asked for: the last 24 hours where nothing else is said.</summary>
    public static bool TryTraffic(string? from, string? to, string? cluster, bool hasNames, DateTimeOffset now, [NotNullWhen(true)] out TrafficRequest? request, [NotNullWhen(false)] out IResult? problem)
    {
        (request, problem) = (null, null);
        var start = default(DateTime);
        if (!ApiTime.TryParse(string.IsNullOrEmpty(to) ? "now" : to, now, out var end))
            problem = StoreProblems.Parameter("to", ApiTime.Expected);
        else if (!string.IsNullOrEmpty(from) && !ApiTime.TryParse(from, now, out start))
            problem = StoreProblems.Parameter("from", ApiTime.Expected);
        else if (!string.IsNullOrEmpty(from) && start > end)
            problem = StoreProblems.Parameter("to", "a time after 'from'");
        if (problem is not null)
            return false;
        if (string.IsNullOrEmpty(from))
            start = end > DateTime.MinValue + DefaultRange ? end - DefaultRange : DateTime.MinValue;
        request = new TrafficRequest(new TimeRange(start, end), string.IsNullOrEmpty(cluster) ? null : cluster, hasNames);
        return true;
    }

    /// <summary>What there is to say of a policy, with places.</summary>
    public static IReadOnlyList<PolicyRemark> Places(IEnumerable<RuleProblem> problems) =>
        [.. problems.Select(problem => new PolicyRemark(problem.Place.Line, problem.Place.Column, problem.Message))];

    /// <summary>A level; another one where it is left out.</summary>
    public static bool TryLevel(string? text, string name, FindingLevel otherwise, out FindingLevel level, [NotNullWhen(false)] out IResult? problem)
    {
        level = otherwise;
        problem = string.IsNullOrEmpty(text) || FindingLevels.TryParse(text, out level) ? null : StoreProblems.Parameter(name, "informational, low, medium, high or critical");
        return problem is null;
    }

    /// <summary>Stages by their names, in their order.</summary>
    public static IReadOnlyList<string> Names(AuditStages stages) => [.. stages.Each().Select(stage => stage.ToString())];

    /// <summary>Where a rule stands; 0 for none.</summary>
    public static int LineOf(PolicyReading reading, int rule) => rule == PolicyDecision.NoRule ? 0 : reading.PlaceOf($"rules[{rule}]").Line;

    private static async ValueTask<object?> TellAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (PolicyWorkException undone)
        {
            return undone.IsForever
                ? Results.Problem(undone.Message, statusCode: StatusCodes.Status400BadRequest, title: "Policy too large")
                : Results.Problem(undone.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not done");
        }
    }
}

/// <summary>Something to say of a policy.</summary>
/// <param name="Line">Its line, from 1; 0 for the policy as a whole.</param>
/// <param name="Column">Its column, from 1; 0 for the policy as a whole.</param>
/// <param name="Message">What was found and what is expected.</param>
internal sealed record PolicyRemark(int Line, int Column, string Message);
