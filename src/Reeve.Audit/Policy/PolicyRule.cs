using System.Collections.Immutable;

namespace Reeve.Audit.Policy;

/// <summary>
/// A rule of an audit policy (audit.k8s.io/v1, PolicyRule): all that it names must be so; what it leaves empty does not matter. But for
/// resources and URLs nothing is a wildcard. Immutable.
/// </summary>
public sealed record PolicyRule
{
    /// <summary>How much is recorded of what it matches.</summary>
    public AuditLevel Level { get; init; }

    /// <summary>The users. A request without a user is none of theirs.</summary>
    public ImmutableArray<string> Users { get; init; } = [];

    /// <summary>Groups, one of which the user must be in.</summary>
    public ImmutableArray<string> UserGroups { get; init; } = [];

    /// <summary>The verbs.</summary>
    public ImmutableArray<string> Verbs { get; init; } = [];

    /// <summary>The resources.</summary>
    public ImmutableArray<GroupResources> Resources { get; init; } = [];

    /// <summary>The namespaces; the empty one stands for what is in none, and for all together.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    /// <summary>Paths of what is no resource; a <c>*</c> at the end stands for any rest.</summary>
    public ImmutableArray<string> NonResourceUrls { get; init; } = [];

    /// <summary>Stages that are not recorded, besides those of the policy.</summary>
    public AuditStages OmitStages { get; init; }

    /// <summary>Whether <c>managedFields</c> are left out of bodies; null where the policy says.</summary>
    public bool? OmitManagedFields { get; init; }

    /// <summary>Whether it is for a request.</summary>
    public bool Matches(PolicyRequest request) => FirstMismatch(request) == PolicyMismatch.None;

    /// <summary>Why it is not for a request, the first reason in the order in which the apiserver looks.</summary>
    public PolicyMismatch FirstMismatch(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!Users.IsEmpty && (request.User is null || !Users.Contains(request.User)))
            return PolicyMismatch.User;
        if (!UserGroups.IsEmpty && (request.User is null || !UserGroups.Any(request.Groups.Contains)))
            return PolicyMismatch.UserGroup;
        if (!Verbs.IsEmpty && !Verbs.Contains(request.Verb))
            return PolicyMismatch.Verb;
        if (!Namespaces.IsEmpty || !Resources.IsEmpty)
            return ResourceMismatch(request);
        return NonResourceUrls.IsEmpty ? PolicyMismatch.None
            : request.IsResource ? PolicyMismatch.IsResource
            : NonResourceUrls.Any(url => IsBelow(request.Path, url)) ? PolicyMismatch.None : PolicyMismatch.NonResourceUrl;
    }

    private PolicyMismatch ResourceMismatch(PolicyRequest request)
    {
        if (!request.IsResource)
            return PolicyMismatch.IsNoResource;
        if (!Namespaces.IsEmpty && !Namespaces.Contains(request.Namespace))
            return PolicyMismatch.Namespace;
        return Resources.IsEmpty || Resources.Any(resources => resources.Matches(request)) ? PolicyMismatch.None : PolicyMismatch.Resource;
    }

    private static bool IsBelow(string path, string url) =>
        url == path || (url.EndsWith('*') && path.StartsWith(url.TrimEnd('*'), StringComparison.Ordinal));
}

/// <summary>Why a rule of a policy is not for a request.</summary>
public enum PolicyMismatch : byte
{
    /// <summary>It is.</summary>
    None,

    /// <summary>The user is none of its users.</summary>
    User,

    /// <summary>The user is in none of its groups.</summary>
    UserGroup,

    /// <summary>The verb is none of its verbs.</summary>
    Verb,

    /// <summary>It is for resources, the request for none.</summary>
    IsNoResource,

    /// <summary>It is for what is no resource, the request for one.</summary>
    IsResource,

    /// <summary>The namespace is none of its namespaces.</summary>
    Namespace,

    /// <summary>Group, resource, subresource or name is none of its resources.</summary>
    Resource,

    /// <summary>The path is none of its URLs.</summary>
    NonResourceUrl,
}
