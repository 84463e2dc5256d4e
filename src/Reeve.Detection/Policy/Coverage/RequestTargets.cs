using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Conditions;
using Reeve.Detection.Needs;

namespace Reeve.Detection.Policy.Coverage;

/// <summary>What requests can be for, as far as a policy and conditions tell it apart. Immutable.</summary>
internal sealed class RequestTargets
{
    /// <summary>Stands for every resource, group or path that neither names.</summary>
    public const string Other = "\u0001";

    private const string Any = "*";

    private static readonly ImmutableArray<string> KnownNames = [.. ApiResources.All.Select(each => each.Resource).Distinct(StringComparer.Ordinal)];

    // What the policy names of each group that it names, and of all others.
    private readonly ImmutableArray<(string Group, ImmutableArray<string> Names, ImmutableArray<string> Subresources)> _groups;
    private readonly ImmutableArray<string> _paths;
    private readonly ImmutableArray<(ApiResource Resource, PartialEvent Known)> _known;

    public RequestTargets(AuditPolicy policy)
    {
        var written = policy.Rules.SelectMany(rule => rule.Resources).ToList();
        var resources = written.SelectMany(each => each.Resources.Select(resource => (each.Group, Parts: resource.Split('/')))).ToLookup(each => each.Group, each => each.Parts, StringComparer.Ordinal);
        _groups = [.. written.Select(each => each.Group).Where(group => group != Any).Append(Other).Distinct(StringComparer.Ordinal).Select(group => Named(group, [.. resources[group], .. resources[Any]]))];
        _paths = [.. policy.Rules.SelectMany(rule => rule.NonResourceUrls).Where(url => url != Any).Select(url => url.TrimEnd('*'))];
        _known = [.. ApiResources.All.Select(resource => (resource, Know(resource)))];
    }

    /// <summary>How many kinds of resources the policy makes to be told apart, besides those that a condition names.</summary>
    public long Count => _known.Length + _groups.Sum(group => (group.Names.LongCount(IsUnknown) + 1) * (group.Subresources.Length + 2));

    /// <summary>The resources of which a condition can match requests.</summary>
    public IEnumerable<(ApiResource Resource, PartialEvent Known)> Of(Condition condition, CancellationToken ct)
    {
        var (names, subresources) = (Texts(condition, "objectRef.resource").ToList(), Texts(condition, "objectRef.subresource").ToList());
        foreach (var each in _known.Concat(_groups.SelectMany(group => Others(group, names, subresources))))
        {
            ct.ThrowIfCancellationRequested();
            if (each.Known.CanMeet(condition))
                yield return each;
        }
    }

    // Of what is not Kubernetes' own: a group's resources that somebody names, and all others of it.
    private static IEnumerable<(ApiResource Resource, PartialEvent Known)> Others(
        (string Group, ImmutableArray<string> Names, ImmutableArray<string> Subresources) group, List<string> names, List<string> subresources)
    {
        var named = names.Union(group.Names, StringComparer.Ordinal).Union(KnownNames, StringComparer.Ordinal).ToList();
        var below = subresources.Union(group.Subresources, StringComparer.Ordinal).Append("").Append(Other).ToList();
        return named.Where(IsUnknown).Append(Other)
            .SelectMany(name => below.Select(subresource => new ApiResource(group.Group, name, subresource, IsNamespaced: true, RequestVerbs.OfResources)))
            .Select(resource => (resource, Know(resource, named)));
    }

    private static (string, ImmutableArray<string>, ImmutableArray<string>) Named(string group, IReadOnlyList<string[]> resources) => (
        group,
        [.. resources.Select(parts => parts[0]).Where(name => name != Any).Distinct(StringComparer.Ordinal)],
        [.. resources.Where(parts => parts.Length > 1).Select(parts => parts[1]).Where(name => name != Any).Distinct(StringComparer.Ordinal)]);

    private static bool IsUnknown(string name) => !ApiResources.Named(name).Any();

    /// <summary>What is known where a request is for no resource, and the path by which the policy is asked.</summary>
    public IEnumerable<(string Path, PartialEvent Known)> Paths(Condition condition)
    {
        // Of what is no resource no body is recorded at any level.
        var none = PartialEvent.Unknown.Without("objectRef").Without("requestObject").Without("responseObject");
        var paths = Texts(condition, "requestURI").Where(text => text.StartsWith('/')).Union(_paths, StringComparer.Ordinal).ToList();
        return paths.Select(path => (path, none.With("requestURI", new Known.Beginning(path))))
            .Append(("/" + Other, none.With("requestURI", new Known.NoneOf([], [.. paths.Where(path => path.Length > 1)]))))
            .Where(each => each.Item2.CanMeet(condition));
    }

    private static PartialEvent Know(ApiResource resource, List<string>? names = null)
    {
        var known = PartialEvent.Unknown
            .With("requestURI", new Known.Beginning(resource.Group.Length == 0 ? "/api/" : "/apis/"))
            .With("objectRef.resource", resource.Resource == Other ? new Known.NoneOf(names!, []) : new Known.Text(resource.Resource));
        return Know(Know(known, "objectRef.subresource", resource.Subresource), "objectRef.apiGroup", resource.Group);
    }

    private static PartialEvent Know(PartialEvent known, string path, string text) =>
        text.Length == 0 ? known.Without(path) : text == Other ? known : known.With(path, text);

    private static IEnumerable<string> Texts(Condition condition, string path) =>
        condition.TextsOf(path).Select(text => text.ToLowerInvariant()).Where(text => text.Length > 0);
}
