using Reeve.Detection.Needs;

namespace Reeve.Detection.Tests.Guide;

/// <summary>What a rule needs, line by line.</summary>
internal static class NeedsList
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Of(ShippedFile file)
    {
        var needs = file.Needs;
        yield return $"audit level {needs.Level}{(needs.Fully > needs.Level ? $"; with {needs.Fully} it finds more" : "")}";
        yield return $"stage {Words(needs.Stages, "or")}";
        yield return needs.Verbs.IsEmpty ? "any verb" : $"verb {Words(needs.Verbs, "or")}";
        yield return Resources(needs);
        foreach (var list in file.Lists)
            yield return $"list {Markdown.Code(list)}{(file.Rule.RequiresLists.Contains(list) ? ": the rule sleeps until something stands on it" : ", empty unless a team fills it")}";
    }

    private static string Resources(RuleNeeds needs)
    {
        // Who reads "secrets" thinks of what is below them, too.
        string[] resources = [.. needs.Resources.Where(each => !each.EndsWith("/*", StringComparison.Ordinal) || !needs.Resources.Contains(each[..^2]))];
        return (resources, needs.NonResourceUrls) switch
        {
            ([], true) => "any resource, and what is none, like `/metrics`",
            ([], false) => "any resource",
            (["*"], true) => "any resource without a subresource, and what is none, like `/metrics`",
            (_, true) => $"resource {Words(resources, "or")}, or what is none, like `/metrics`",
            (_, false) => $"resource {Words(resources, "or")}",
        };
    }

    private static string Words(IReadOnlyList<string> words, string last)
    {
        string[] codes = [.. words.Select(Markdown.Code)];
        return codes.Length < 2 ? codes.FirstOrDefault("none") : $"{string.Join(", ", codes[..^1])} {last} {codes[^1]}";
    }
}
