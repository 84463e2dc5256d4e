using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Conditions;
using Reeve.Detection.Needs;

namespace Reeve.Detection.Policy.Coverage;

/// <summary>
/// Parts all requests into classes within which a policy decides alike, as far as it can be told from Kubernetes' conventions for names and
/// groups. Not thread-safe.
/// </summary>
internal sealed class RequestSpace
{
    private static readonly string[] VerbsWithoutName = ["list", "watch", "create", "deletecollection"];

    private static readonly string[] VerbsOfAllNamespaces = ["list", "watch", "deletecollection"];

    private readonly AuditPolicy _policy;
    private readonly RequestTargets _targets;

    // The rules without what tells callers, namespaces and names apart.
    private readonly ImmutableArray<PolicyRule> _bare;

    private readonly CancellationToken _ct;

    public RequestSpace(AuditPolicy policy, CancellationToken ct)
    {
        (_policy, _ct) = (policy, ct);
        _targets = new RequestTargets(policy);
        _bare = [.. policy.Rules.Select(rule => rule with { Users = [], UserGroups = [], Namespaces = [], Resources = Bare(rule) })];
    }

    /// <summary>How many kinds of resources the policy makes to be told apart.</summary>
    public long Resources => _targets.Count;

    /// <summary>The classes of which a condition can match some request, were all of it recorded.</summary>
    public IEnumerable<RequestClass> Of(Condition condition)
    {
        foreach (var (resource, known) in _targets.Of(condition, _ct))
        {
            foreach (var verb in resource.Verbs)
            {
                var request = new PolicyRequest { IsResource = true, ApiGroup = resource.Group, Resource = resource.Resource, Subresource = resource.Subresource, Verb = verb };
                foreach (var found in Within(condition, request, resource.IsNamespaced, known.With("verb", verb)))
                    yield return found;
            }
        }

        foreach (var (path, known) in _targets.Paths(condition))
        {
            foreach (var verb in RequestVerbs.OfPaths)
            {
                foreach (var found in Within(condition, new PolicyRequest { Path = path, Verb = verb }, isNamespaced: false, known.With("verb", verb)))
                    yield return found;
            }
        }
    }

    private IEnumerable<RequestClass> Within(Condition condition, PolicyRequest request, bool isNamespaced, PartialEvent known)
    {
        _ct.ThrowIfCancellationRequested();
        if (!known.CanMeet(condition))
            return [];
        var rules = Deciding(request);
        return from caller in Caller.Of(rules).Append(Caller.WhoFailed)
               let known1 = caller.In(known)
               where known1.CanMeet(condition)
               from space in Namespaces(request, isNamespaced, rules)
               let known2 = space.In(known1, "objectRef.namespace")
               from name in Names(request, rules)
               let known3 = name.In(known2, "objectRef.name")
               where known3.CanMeet(condition)
               select new RequestClass(
                   request with { User = caller.User, Groups = caller.Groups, Namespace = space.Text, Name = name.Text }, caller, space.IsAny, known3);
    }

    // Those that may decide a request for this, up to the first that needs no more.
    private List<PolicyRule> Deciding(PolicyRequest request)
    {
        var found = new List<PolicyRule>();
        for (var index = 0; index < _bare.Length; index++)
        {
            if (!_bare[index].Matches(request))
                continue;
            found.Add(_policy.Rules[index]);
            if (_policy.Rules[index] is { Users.IsEmpty: true, UserGroups.IsEmpty: true, Namespaces.IsEmpty: true } && _policy.Rules[index].Matches(request))
                break;
        }

        return found;
    }

    private static IEnumerable<Choice> Namespaces(PolicyRequest request, bool isNamespaced, List<PolicyRule> rules)
    {
        var named = rules.SelectMany(rule => rule.Namespaces).Distinct(StringComparer.Ordinal).ToList();
        var spaces = named.Where(space => space.Length > 0).ToList();
        var none = new Choice("", IsAny: named.Count == 0, Known: null, IsAbsent: isNamespaced && named.Count > 0);
        if (!isNamespaced)
            return [none];
        var some = spaces.Select(space => new Choice(space, IsAny: false, new Known.Text(space), IsAbsent: false))
            .Append(new Choice(RequestTargets.Other, IsAny: named.Count == 0, named.Count == 0 ? null : new Known.NoneOf(spaces, []), IsAbsent: false));
        return named.Count > 0 && VerbsOfAllNamespaces.Contains(request.Verb, StringComparer.Ordinal) ? some.Append(none) : some;
    }

    private static IEnumerable<Choice> Names(PolicyRequest request, List<PolicyRule> rules)
    {
        // What is created, or listed, has no name that a policy could know; but what is below an object has that of the object.
        var isNamed = request.Subresource.Length > 0 || !VerbsWithoutName.Contains(request.Verb, StringComparer.Ordinal);
        var named = isNamed ? rules.SelectMany(rule => rule.Resources).SelectMany(resources => resources.ResourceNames).Distinct(StringComparer.Ordinal).ToList() : [];
        return named.Select(name => new Choice(name, IsAny: false, new Known.Text(name), IsAbsent: false))
            .Append(new Choice(isNamed ? RequestTargets.Other : "", IsAny: named.Count == 0, named.Count == 0 ? null : new Known.NoneOf(named, []), IsAbsent: false));
    }

    private static ImmutableArray<GroupResources> Bare(PolicyRule rule) =>
        rule.Resources.IsEmpty && !rule.Namespaces.IsEmpty
            // A rule with namespaces is for resources.
            ? [new GroupResources { Group = "*" }]
            : [.. rule.Resources.Select(resources => resources with { ResourceNames = [] })];

    private readonly record struct Choice(string Text, bool IsAny, Known? Known, bool IsAbsent)
    {
        public PartialEvent In(PartialEvent known, string path) =>
            IsAbsent ? known.Without(path) : Known is null ? known : known.With(path, Known);
    }
}
