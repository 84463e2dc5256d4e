namespace Reeve.Audit.Policy;

/// <summary>Requests that no policy tells apart are equal, whichever lists hold their groups.</summary>
public sealed class PolicyRequestComparer : IEqualityComparer<PolicyRequest>
{
    private PolicyRequestComparer()
    {
    }

    /// <summary>The only one.</summary>
    public static PolicyRequestComparer Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(PolicyRequest? x, PolicyRequest? y) =>
        ReferenceEquals(x, y)
        || (x is not null && y is not null && x with { Groups = [] } == y with { Groups = [] } && x.Groups.SequenceEqual(y.Groups, StringComparer.Ordinal));

    /// <inheritdoc/>
    public int GetHashCode(PolicyRequest obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return HashCode.Combine(obj.User, obj.Verb, obj.Resource, obj.Subresource, obj.Namespace, obj.Name, obj.Path, obj.Groups.Length);
    }
}
