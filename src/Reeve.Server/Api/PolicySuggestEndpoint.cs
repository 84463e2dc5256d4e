using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Reeve.Audit.Findings;
using Reeve.Detection.Policy.Coverage;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Suggestion;
using Reeve.Detection.Policy.Writing;
using Reeve.Server.Policies;
using Reeve.Store.Query.Traffic;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/policy/suggest</c>.</summary>
internal static class PolicySuggestEndpoint
{
    /// <summary>What is asked.</summary>
    /// <param name="Keep">From which level on rules see all they could.</param>
    /// <param name="From">The first time of the traffic.</param>
    /// <param name="To">The time after the last.</param>
    /// <param name="Cluster">One cluster.</param>
    internal sealed record Question(
        [property: Description("Rules from this level on see all they could: informational, low, medium (default), high or critical.")] string? Keep,
        [property: Description(PolicyQuestion.FromText)] string? From,
        [property: Description(PolicyQuestion.ToText)] string? To,
        [property: Description(PolicyQuestion.ClusterText)] string? Cluster);

    /// <summary>A policy that records what rules need and little else. Volumes are those of a day.</summary>
    /// <param name="Policy">Its text, with comments.</param>
    /// <param name="Traffic">The traffic it was made for.</param>
    /// <param name="Total">What it would record.</param>
    /// <param name="Everything">What recording everything would.</param>
    /// <param name="Saving">How many fewer bytes that is, 0 to 1.</param>
    /// <param name="Weakened">Rules that see less than all.</param>
    /// <param name="Offers">What could be left out besides, and whom that would weaken.</param>
    internal sealed record Answer(
        string Policy, PolicyTraffic Traffic, DailyVolume Total, DailyVolume Everything, double Saving, IReadOnlyList<Weak> Weakened, IReadOnlyList<Offer> Offers);

    /// <summary>A rule that sees less than all.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Level">Its level.</param>
    /// <param name="Visibility">How much it sees.</param>
    /// <param name="Price">What recording the rest would add.</param>
    /// <param name="PriceBasis">How far that is to be believed: the traffic may lack bodies, so that it is more, or all of the requests.</param>
    /// <param name="RecordsSecrets">Whether that would put secret values into the log.</param>
    /// <param name="Losses">What is missing.</param>
    internal sealed record Weak(string Id, string Title, string Level, Visibility Visibility, DailyVolume Price, PriceBasis PriceBasis, bool RecordsSecrets, IReadOnlyList<CoveredLoss> Losses);

    /// <summary>Requests that need not be recorded.</summary>
    /// <param name="What">What they are.</param>
    /// <param name="Rule">The rule that leaves them out, as YAML, to stand first.</param>
    /// <param name="Saving">What it would save.</param>
    /// <param name="Weakens">The titles of rules that would not see all any more.</param>
    internal sealed record Offer(string What, string Rule, DailyVolume Saving, IReadOnlyList<string> Weakens);

    public static void MapPolicySuggest(this IEndpointRouteBuilder policy) => policy.MapPost("/suggest", SuggestAsync)
        .AsksOfPolicy<Answer>()
        .WithName("suggestPolicy").WithSummary("An audit policy for the rules and the traffic of this server")
        .WithDescription("Bodies only where a rule looks into them, secret values never, and nothing where it saves and no rule looks. It takes some seconds of a processor; one is made at a time.");

    private static async Task<IResult> SuggestAsync(
        Question question, [FromServices] ITrafficReads reads, [FromServices] PolicyWorkbench workbench, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!PolicyQuestion.TryLevel(question.Keep, "keep", FindingLevel.Medium, out var keep, out var problem)
            || !PolicyQuestion.TryTraffic(question.From, question.To, question.Cluster, hasNames: false, time.GetUtcNow(), out var request, out problem))
        {
            return problem;
        }

        var traffic = await reads.ReadAsync(request, cancellationToken);
        var suggestion = await workbench.SuggestAsync(keep, traffic, progress: null, cancellationToken);
        return Results.Ok(Of(suggestion, keep, traffic));
    }

    private static Answer Of(PolicySuggestion suggestion, FindingLevel keep, StoredTraffic traffic)
    {
        var days = suggestion.Forecast.TimesADay;
        return new(
            SuggestionText.Write(suggestion, keep), PolicyTraffic.Of(traffic), DailyVolume.Of(suggestion.Forecast.Total, days), DailyVolume.Of(suggestion.Everything.Total, days), suggestion.Saving,
            [.. suggestion.Weakened.Select(each => new Weak(
                each.Rule.Id, each.Rule.Title, each.Rule.Level.ToName(), each.Sight.Visibility, DailyVolume.Of(each.Price.Volume, days), each.Price.Basis, each.RecordsSecrets, CoveredLoss.Of(each.Sight, suggestion.Policy)))],
            [.. suggestion.Offers.Select(offer => new Offer(offer.What, PolicyWriter.Write(offer.Rule), DailyVolume.Of(offer.Saving, days), [.. offer.Weakens.Select(rule => rule.Title)]))]);
    }
}
