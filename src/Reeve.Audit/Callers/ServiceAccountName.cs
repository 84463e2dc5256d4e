using System.Buffers;

namespace Reeve.Audit.Callers;

/// <summary>
/// Namespace and name in a service account's user name, <c>system:serviceaccount:NAMESPACE:NAME</c>
/// (k8s.io/apiserver/pkg/authentication/serviceaccount, SplitUsername). Valid as long as the user name is.
/// </summary>
public readonly ref struct ServiceAccountName
{
    private static readonly SearchValues<byte> NamespaceBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-"u8);
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-."u8);

    private ServiceAccountName(ReadOnlySpan<byte> ns, ReadOnlySpan<byte> name)
    {
        Namespace = ns;
        Name = name;
    }

    /// <summary>What such a user name begins with.</summary>
    public static ReadOnlySpan<byte> Prefix => "system:serviceaccount:"u8;

    /// <summary>The namespace, a DNS label.</summary>
    public ReadOnlySpan<byte> Namespace { get; }

    /// <summary>The name, a DNS subdomain.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Reads a user name, UTF-8; false where it is no service account's. Does not allocate.</summary>
    public static bool TryParse(ReadOnlySpan<byte> user, out ServiceAccountName account)
    {
        account = default;
        if (!user.StartsWith(Prefix))
            return false;
        var rest = user[Prefix.Length..];
        var colon = rest.IndexOf((byte)':');
        if (colon <= 0 || colon == rest.Length - 1)
            return false;
        var ns = rest[..colon];
        var name = rest[(colon + 1)..];
        if (ns.ContainsAnyExcept(NamespaceBytes) || name.ContainsAnyExcept(NameBytes))
            return false;
        account = new ServiceAccountName(ns, name);
        return true;
    }
}
