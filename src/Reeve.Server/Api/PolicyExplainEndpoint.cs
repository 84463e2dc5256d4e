using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Reading;
using Reeve.Server.Policies;
using Reeve.Store.Query;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/policy/explain</c>.</summary>
internal static class PolicyExplainEndpoint
{
    private const int MostPassed = 1_000;

    /// <summary>What is asked.</summary>
    /// <param name="Policy">The policy's text.</param>
    /// <param name="Request">A request: what the apiserver knows of it, an audit event, or method and url.</param>
    /// <param name="EventId">Instead of it, the id of a stored event.</param>
    internal sealed record Question(
        [property: Description("The policy's text.")] string? Policy,
        [property: Description("What the apiserver knows of a request ('user' with 'name' and 'groups', 'verb', 'resource', 'subresource', 'apiGroup', 'namespace', 'name', 'path'), an audit event, or 'method', 'url' and 'user'.")] JsonElement? Request,
        [property: Description("Instead of 'request', the id of a stored event, 'SERVER-NUMBER'.")] string? EventId);

    /// <summary>What the policy says of the request.</summary>
    /// <param name="Level">How much is recorded.</param>
    /// <param name="OmitStages">Stages that are not.</param>
    /// <param name="OmitManagedFields">Whether managedFields are left out of bodies.</param>
    /// <param name="Rule">The index of the rule that decides; -1 where none is for it, and nothing is recorded.</param>
    /// <param name="Line">The line where that rule stands; 0 for none.</param>
    /// <param name="Stages">The stages that are recorded.</param>
    /// <param name="PassedOver">The earlier rules, the first thousand of them.</param>
    internal sealed record Answer(
        string Level, IReadOnlyList<string> OmitStages, bool OmitManagedFields, int Rule, int Line, IReadOnlyList<string> Stages, IReadOnlyList<PassedRule> PassedOver);

    /// <summary>A rule that does not decide.</summary>
    /// <param name="Rule">Its index.</param>
    /// <param name="Line">The line where it stands.</param>
    /// <param name="Why">Why it is not for the request.</param>
    internal sealed record PassedRule(int Rule, int Line, string Why);

    public static void MapPolicyExplain(this IEndpointRouteBuilder policy) => policy.MapPost("/explain", ExplainAsync)
        .AsksOfPolicy<Answer>()
        .WithName("explainPolicy").WithSummary("Which rule of an audit policy decides a request")
        .WithDescription("Answers what is recorded of the request, which rule says so, and of each earlier rule why it is not for the request.");

    private static async Task<IResult> ExplainAsync(Question question, [FromServices] EventSearch search, CancellationToken cancellationToken)
    {
        var (reading, problem) = await PolicyQuestion.ReadAsync(question.Policy, "policy", cancellationToken);
        if (reading?.Policy is not { } policy)
            return problem!;
        var json = question.Request?.GetRawText();
        if (!string.IsNullOrEmpty(question.EventId))
        {
            if (await search.GetAsync(question.EventId, cancellationToken) is not { Raw: { } raw })
                return StoreProblems.Parameter("eventId", "the id of a stored event");
            json = raw;
        }

        if (json is null)
            return StoreProblems.Parameter("request", "a request, or give 'eventId'");
        return ExplainedRequest.TryRead(json, out var request, out var wrong)
            ? Results.Ok(Of(reading, policy, request))
            : Results.Problem($"{char.ToUpperInvariant(wrong[0])}{wrong[1..]}.", statusCode: StatusCodes.Status400BadRequest, title: "Bad request");
    }

    private static Answer Of(PolicyReading reading, AuditPolicy policy, PolicyRequest request)
    {
        var decision = policy.Decide(request);
        return new(
            decision.Level.ToString(), PolicyQuestion.Names(decision.OmitStages), decision.OmitManagedFields, decision.Rule, PolicyQuestion.LineOf(reading, decision.Rule), PolicyQuestion.Names(decision.Stages),
            [.. PassedRules.Of(policy, decision, request).Take(MostPassed).Select(passed => new PassedRule(passed.Rule, PolicyQuestion.LineOf(reading, passed.Rule), passed.Why))]);
    }
}
