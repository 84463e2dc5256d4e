using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Reeve.Audit.Findings;
using Reeve.Detection.Policy.Coverage;
using Reeve.Server.Policies;
using Reeve.Store.Query.Traffic;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/policy/coverage</c>.</summary>
internal static class PolicyCoverageEndpoint
{
    /// <summary>What is asked.</summary>
    /// <param name="Policy">The policy's text.</param>
    /// <param name="MinLevel">The level from which on rules are looked at.</param>
    /// <param name="Price">Whether each change gets a price.</param>
    /// <param name="From">The first time of the traffic.</param>
    /// <param name="To">The time after the last.</param>
    /// <param name="Cluster">One cluster.</param>
    internal sealed record Question(
        [property: Description("The policy's text. Left out: what the stored traffic shows to be recorded, where what nobody did looks as if it were not.")] string? Policy,
        [property: Description("The level from which on rules are answered: informational (default), low, medium, high or critical.")] string? MinLevel,
        [property: Description("Whether the change that would open a rule's eyes is priced by the stored traffic.")] bool? Price,
        [property: Description(PolicyQuestion.FromText)] string? From,
        [property: Description(PolicyQuestion.ToText)] string? To,
        [property: Description(PolicyQuestion.ClusterText)] string? Cluster);

    /// <summary>What rules and controls see.</summary>
    /// <param name="Observed">Whether it is told from traffic and not from a policy.</param>
    /// <param name="Traffic">The traffic; left out where none was read.</param>
    /// <param name="Full">Rules that see all.</param>
    /// <param name="Partial">Rules that see some.</param>
    /// <param name="Blind">Rules that can never fire.</param>
    /// <param name="Rules">The rules, the most serious first.</param>
    /// <param name="Controls">The controls of compliance frameworks that audit events speak for.</param>
    internal sealed record Answer(
        bool Observed, PolicyTraffic? Traffic, int Full, int Partial, int Blind, IReadOnlyList<CoveredRule> Rules, IReadOnlyList<CoveredControl> Controls);

    public static void MapPolicyCoverage(this IEndpointRouteBuilder policy) => policy.MapPost("/coverage", CoverAsync)
        .AsksOfPolicy<Answer>()
        .WithName("coverPolicy").WithSummary("Which detection rules and controls an audit policy blinds")
        .WithDescription("Answers of each rule that runs whether it sees all, some or nothing of what it looks for, what is missing and by which rule of the policy, and the smallest change that mends it.");

    private static async Task<IResult> CoverAsync(
        Question question, [FromServices] ITrafficReads reads, [FromServices] PolicyWorkbench workbench, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!PolicyQuestion.TryLevel(question.MinLevel, "minLevel", FindingLevel.Informational, out var least, out var problem)
            || !PolicyQuestion.TryTraffic(question.From, question.To, question.Cluster, hasNames: false, time.GetUtcNow(), out var request, out problem))
        {
            return problem;
        }

        if (string.IsNullOrEmpty(question.Policy))
        {
            var observed = await reads.ReadAsync(request, cancellationToken);
            return Results.Ok(Of(await workbench.ObservedCoverageAsync(observed, cancellationToken), observed, least));
        }

        (var reading, problem) = await PolicyQuestion.ReadAsync(question.Policy, "policy", cancellationToken);
        if (reading?.Policy is not { } policy)
            return problem!;
        var traffic = question.Price == true ? await reads.ReadAsync(request with { HasNames = policy.HasNames }, cancellationToken) : null;
        return Results.Ok(Of(await workbench.CoverageAsync(question.Policy, policy, traffic?.Traffic, cancellationToken), traffic, least));
    }

    private static Answer Of(CoverageReport report, StoredTraffic? traffic, FindingLevel least)
    {
        var rules = report.Rules.Where(rule => rule.Rule.Level >= least).ToList();
        int Count(Visibility visibility) => rules.Count(rule => rule.Sight.Visibility == visibility);
        return new(
            report.IsObserved, traffic is null ? null : PolicyTraffic.Of(traffic), Count(Visibility.Full), Count(Visibility.Partial), Count(Visibility.Blind),
            [.. rules.Select(rule => CoveredRule.Of(rule, report))],
            [.. report.Controls.Select(control => CoveredControl.Of(control, report))]);
    }
}
