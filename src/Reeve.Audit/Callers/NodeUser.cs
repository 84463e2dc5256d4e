namespace Reeve.Audit.Callers;

/// <summary>The user name of a kubelet, <c>system:node:NAME</c> (Kubernetes, Node authorization).</summary>
public static class NodeUser
{
    /// <summary>What such a user name begins with.</summary>
    public static ReadOnlySpan<byte> Prefix => "system:node:"u8;

    /// <summary>The node's name; false where the user is no node. Does not allocate.</summary>
    public static bool TryParse(ReadOnlySpan<byte> user, out ReadOnlySpan<byte> name)
    {
        name = user.StartsWith(Prefix) ? user[Prefix.Length..] : default;
        return !name.IsEmpty;
    }
}
