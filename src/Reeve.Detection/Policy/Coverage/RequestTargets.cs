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

    private readonly ImmutableArray<string> _names;
    private readonly ImmutableArray<string> _groups;
    private readonly ImmutableArray<string> _subresources;
    private readonly ImmutableArray<string> _paths;
    private readonly ImmutableArray<(ApiResource Resource, PartialEvent Known)> _known;

    public RequestTargets(AuditPolicy policy)
    {
        var written = policy.Rules.SelectMany(rule => rule.Resources).ToList();
        var resources = written.SelectMany(each => each.Resources).Select(resource => resource.Split('/')).ToList();
        _names = [.. resources.Select(parts => parts[0]).Where(name => name != Any).Concat(ApiResources.All.Select(each => each.Resource)).Distinct(StringComparer.Ordinal)];
        _groups = [.. written.Select(each => each.Group).Where(group => group != Any).Append(Other).Distinct(StringComparer.Ordinal)];
        _subresources = [.. resources.Where(parts => parts.Length > 1).Select(parts => parts[1]).Where(name => name != Any)];
        _paths = [.. policy.Rules.SelectMany(rule => rule.NonResourceUrls).Where(url => url != Any).Select(url => url.TrimEnd('*'))];
        _known = [.. ApiResources.All.Select(resource => (resource, Know(resource)))];
    }

    /// <summary>The resources of which a condition can match requests.</summary>
    public IEnumerable<(ApiResource Resource, PartialEvent Known)> Of(Condition condition)
    {
        var names = Texts(condition, "objectRef.resource").Union(_names, StringComparer.Ordinal).ToList();
        var subresources = Texts(condition, "objectRef.subresource").Union(_subresources, StringComparer.Ordinal).Append("").Append(Other).ToList();
        var others = names.Where(name => !ApiResources.Named(name).Any()).Append(Other)
            .SelectMany(name => _groups.SelectMany(group => subresources.Select(subresource => new ApiResource(group, name, subresource, IsNamespaced: true, RequestVerbs.OfResources))))
            .Select(resource => (resource, Know(resource, names)));
        return _known.Concat(others).Where(each => each.Item2.CanMeet(condition));
    }

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
