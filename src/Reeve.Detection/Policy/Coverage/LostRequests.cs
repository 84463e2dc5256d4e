using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Coverage;

/// <summary>A class of requests of which a policy records too little.</summary>
internal sealed record LostRequests(LossKind Kind, RequestClass Class, int PolicyRule, AuditLevel Level, AuditStages Stages)
{
    /// <summary>Many of them as few that can be read.</summary>
    public static IEnumerable<Loss> Summarize(IEnumerable<LostRequests> lost) => lost
        .GroupBy(each => (each.Kind, each.PolicyRule, each.Level, each.Stages))
        .SelectMany(group => group.GroupBy(CallersKey).Select(same => new Loss(
            group.Key.Kind, group.Key.PolicyRule, group.Key.Level, group.Key.Stages, [.. Targets(same)], [.. Callers(same)], [.. Namespaces(same)], [.. Names(same)])))
        .OrderBy(loss => loss.PolicyRule);

    // What is lost of everybody says more than what is lost of some, and is told apart from it.
    private static bool CallersKey(LostRequests lost) => lost.Class.Caller.Kind is CallerKind.Others or CallerKind.WhoFailed;

    private static IEnumerable<LostTarget> Targets(IEnumerable<LostRequests> lost) => lost
        .Select(each => each.Class.Request)
        .GroupBy(request => (request.IsResource, request.ApiGroup, Written: request.IsResource ? request.Written : request.Path))
        .Select(group => new LostTarget(
            Named(group.Key.ApiGroup),
            Named(group.Key.Written.Replace(RequestTargets.Other, "*", StringComparison.Ordinal)),
            group.Key.IsResource,
            [.. group.Select(request => request.Verb).Distinct(StringComparer.Ordinal)]));

    private static IEnumerable<LostCaller> Callers(IGrouping<bool, LostRequests> lost) => lost.Key ? [] : lost
        .Select(each => each.Class.Caller)
        .Select(caller => new LostCaller(caller.Name, caller.Kind == CallerKind.Group))
        .Distinct();

    private static List<string> Namespaces(IEnumerable<LostRequests> lost) =>
        Few(lost.Where(each => !each.Class.IsAnyNamespace).Select(each => each.Class.Request.Namespace), lost.Any(each => each.Class.IsAnyNamespace));

    private static List<string> Names(IEnumerable<LostRequests> lost) =>
        Few(lost.Select(each => each.Class.Request.Name).Where(name => name.Length > 0), isAny: lost.Any(each => each.Class.Request.Name.Length == 0));

    private static List<string> Few(IEnumerable<string> texts, bool isAny) =>
        texts.Distinct(StringComparer.Ordinal).ToList() is var few && (isAny || few.Contains(RequestTargets.Other)) ? [] : few;

    private static string? Named(string text) => text is RequestTargets.Other or "*" or "*/*" or "/*" ? null : text;
}
