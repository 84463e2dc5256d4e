using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Reeve.Audit.Findings;
using Reeve.Detection.Rules;
using Reeve.Server.Alerts.Rules;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/rules</c>.</summary>
internal static class RuleEndpoints
{
    /// <summary>The rules of the server.</summary>
    /// <param name="Rules">Those that run, by title.</param>
    /// <param name="Problems">What is wrong in their files.</param>
    internal sealed record Answer(IReadOnlyList<RuleJson> Rules, IReadOnlyList<ProblemJson> Problems);

    /// <summary>A rule.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Level">How much its alerts matter.</param>
    /// <param name="Tags">Its tags.</param>
    /// <param name="Format">sigma or falco.</param>
    /// <param name="File">Where it stands.</param>
    /// <param name="WaitsFor">Lists of a team, by name, of which one is empty, so that the rule finds nothing until something stands on it; none where it runs.</param>
    internal sealed record RuleJson(string Id, string Title, string Level, IReadOnlyList<string> Tags, RuleFormat Format, string File, IReadOnlyList<string> WaitsFor);

    /// <summary>Something wrong in a rule file.</summary>
    /// <param name="File">The file.</param>
    /// <param name="Line">The line; 0 for the file as a whole.</param>
    /// <param name="Column">The column; 0 for the file as a whole.</param>
    /// <param name="Message">What was found and what was expected.</param>
    /// <param name="IsError">Whether a rule does not run for it.</param>
    internal sealed record ProblemJson(string File, int Line, int Column, string Message, bool IsError);

    public static void MapRules(this IEndpointRouteBuilder api) => api.MapGet("/rules", ([FromServices] RuleBook rules) => Results.Ok(Of(rules.Current)))
        .Produces<Answer>().WithTags("Alerts")
        .WithName("listRules").WithSummary("The rules that run").WithDescription("Those that come with Reeve and those of rules.paths, and what is wrong in their files. Changed files are read again within a second.");

    private static Answer Of(LoadedRules loaded) => new(
        [.. loaded.Rules.Detections.Concat<Rule>(loaded.Rules.Correlations).OrderBy(rule => rule.Title, StringComparer.Ordinal)
            .Select(rule => new RuleJson(rule.Id, rule.Title, rule.Level.ToName(), rule.Tags, rule.Format, rule.Place.File, rule.Sleeps ? rule.RequiresLists : []))],
        [.. loaded.Problems.Select(problem => new ProblemJson(problem.Place.File, problem.Place.Line, problem.Place.Column, problem.Message, problem.IsError))]);
}
