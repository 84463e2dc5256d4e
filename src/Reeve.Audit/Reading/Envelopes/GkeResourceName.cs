namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// The object that a <c>resourceName</c> of GKE names, such as <c>core/v1/namespaces/shop/pods/web-1/exec</c>. A part
/// that is not there is empty.
/// </summary>
internal sealed record GkeResourceName
{
    /// <summary>Names nothing: a request for no resource.</summary>
    public static GkeResourceName None { get; } = new();

    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; private init; } = "";

    /// <summary>The API version.</summary>
    public string Version { get; private init; } = "";

    /// <summary>The namespace.</summary>
    public string Namespace { get; private init; } = "";

    /// <summary>The resource in the plural.</summary>
    public string Resource { get; private init; } = "";

    /// <summary>The object's name.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The subresource.</summary>
    public string Subresource { get; private init; } = "";

    /// <summary>Reads a path.</summary>
    public static GkeResourceName Of(string path)
    {
        var parts = path.Split('/');
        if (parts.Length < 3 || !IsVersion(parts[1]))
            return None;
        var named = new GkeResourceName { Group = parts[0] == "core" ? "" : parts[0], Version = parts[1] };
        // As the apiserver has it, the namespace itself is in the namespace of its own name.
        var isNamespaced = parts[2] == "namespaces" && parts.Length > 4 && parts[4] is not ("status" or "finalize");
        var at = isNamespaced ? 4 : 2;
        named = named with { Resource = parts[at], Name = Part(parts, at + 1), Subresource = Part(parts, at + 2) };
        return named with { Namespace = isNamespaced ? parts[3] : named.Resource == "namespaces" ? named.Name : "" };
    }

    /// <summary>What the method <c>io.k8s.GROUP.VERSION.RESOURCE[.SUBRESOURCE].VERB</c> says where no path is given: no group, as it is shortened there.</summary>
    public static GkeResourceName OfMethod(string method)
    {
        var parts = method.Split('.');
        var version = Array.FindIndex(parts, IsVersion);
        if (version < 0 || parts.Length < version + 3)
            return None;
        return new()
        {
            Version = parts[version],
            Resource = parts[version + 1],
            Subresource = parts.Length > version + 3 ? parts[version + 2] : "",
        };
    }

    private static string Part(string[] parts, int at) => at < parts.Length ? parts[at] : "";

    private static bool IsVersion(string part) => part.Length > 1 && part[0] == 'v' && char.IsAsciiDigit(part[1]);
}
