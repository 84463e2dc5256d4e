using System.Collections.Immutable;

namespace Reeve.Audit.Policy;

/// <summary>Whether one rule of a policy leaves nothing to another.</summary>
public static class PolicyCover
{
    private const string Any = "*";

    /// <summary>
    /// Whether every request that <paramref name="later"/> is for is one of <paramref name="earlier"/>, too. Told by what they name, so that
    /// two rules together, or users and their groups, are not seen through: then it is false.
    /// </summary>
    public static bool Covers(this PolicyRule earlier, PolicyRule later)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(later);
        return HoldsAll(earlier.Users, later.Users)
            && HoldsAll(earlier.UserGroups, later.UserGroups)
            && HoldsAll(earlier.Verbs, later.Verbs)
            && CoversTarget(earlier, later);
    }

    private static bool CoversTarget(PolicyRule earlier, PolicyRule later)
    {
        var isLaterForResources = !later.Namespaces.IsEmpty || !later.Resources.IsEmpty;
        if (!earlier.Namespaces.IsEmpty || !earlier.Resources.IsEmpty)
        {
            return isLaterForResources
                && HoldsAll(earlier.Namespaces, later.Namespaces)
                && (earlier.Resources.IsEmpty || (!later.Resources.IsEmpty && later.Resources.All(resources => AreCovered(resources, earlier.Resources))));
        }

        return earlier.NonResourceUrls.IsEmpty
            || (!isLaterForResources && !later.NonResourceUrls.IsEmpty && later.NonResourceUrls.All(url => earlier.NonResourceUrls.Any(by => IsBelow(url, by))));
    }

    private static bool HoldsAll(ImmutableArray<string> earlier, ImmutableArray<string> later) =>
        earlier.IsEmpty || (!later.IsEmpty && later.All(earlier.Contains));

    private static bool AreCovered(GroupResources later, ImmutableArray<GroupResources> earlier)
    {
        var groups = earlier.Where(by => by.Group == later.Group || by.Group == Any).ToList();
        return later.Resources.IsEmpty
            ? groups.Exists(IsAll)
            : later.Resources.All(resource => groups.Exists(by => IsAll(by) || (HoldsAll(by.ResourceNames, later.ResourceNames) && by.Resources.Any(written => IsCovered(resource, written)))));
    }

    private static bool IsAll(GroupResources resources) =>
        resources.Resources.IsEmpty || (resources.ResourceNames.IsEmpty && resources.Resources.Contains(Any));

    // No request is for */*, whatever it looks like.
    private static bool IsCovered(string resource, string by) =>
        by != "*/*" && (by == Any || by == resource
        || (by.EndsWith("/*", StringComparison.Ordinal) && (resource == by[..^2] || resource.StartsWith(by[..^1], StringComparison.Ordinal)))
        || (by.StartsWith("*/", StringComparison.Ordinal) && resource.IndexOf('/') is >= 0 and var at && resource.AsSpan(at).SequenceEqual(by.AsSpan(1))));

    private static bool IsBelow(string url, string by) =>
        by == url || (by.EndsWith('*') && url.TrimEnd('*').StartsWith(by.TrimEnd('*'), StringComparison.Ordinal));
}
