using Reeve.Detection.Yaml;

namespace Reeve.Server.Setup.Manifests;

/// <summary>A mount of a container.</summary>
/// <param name="Node">All of it.</param>
/// <param name="Volume">The name of its volume.</param>
/// <param name="PathNode">Where it is in the container.</param>
/// <param name="ReadOnly">The value of <c>readOnly</c>; null where it is absent.</param>
internal sealed record PodMount(YamlMapping Node, YamlScalar Volume, YamlScalar PathNode, YamlScalar? ReadOnly)
{
    /// <summary>Where it is in the container, without a slash at its end.</summary>
    public string Path { get; } = Trim(PathNode.Value);

    /// <summary>Whether the container cannot write there.</summary>
    public bool IsReadOnly => ReadOnly?.Value is "true" or "True" or "TRUE";

    /// <summary>Whether it shows only a part of its volume.</summary>
    public bool IsPart => Node.Entry("subPath") is not null || Node.Entry("subPathExpr") is not null;

    /// <summary>The mounts of a container.</summary>
    public static IEnumerable<PodMount> Of(YamlMapping container)
    {
        foreach (var mount in container.List("volumeMounts")?.All<YamlMapping>("a mount") ?? [])
        {
            if (mount.Text("name") is not { } name || mount.Text("mountPath") is not { } path)
                throw new ManifestRefusedException(mount.Line, mount.Column, "this mount lacks its name or its mountPath");
            yield return new(mount, name, path, mount.Text("readOnly"));
        }
    }

    /// <summary>Whether a path is this mount or below it.</summary>
    public bool Holds(string path) => path == Path || path.StartsWith(Path + "/", StringComparison.Ordinal);

    /// <summary>A path without a slash at its end.</summary>
    public static string Trim(string path) => path.TrimEnd('/');
}
