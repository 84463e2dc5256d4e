using YamlDotNet.RepresentationModel;

namespace Reeve.Server.Tests.Setup.Manifests;

/// <summary>A manifest read by the library's own tree, so that nothing of the patch is trusted.</summary>
internal sealed class PatchedPod
{
    private readonly YamlMappingNode _spec;
    private readonly YamlMappingNode _container;

    public PatchedPod(string manifest)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(manifest));
        _spec = (YamlMappingNode)stream.Documents[0].RootNode["spec"];
        _container = ((YamlSequenceNode)_spec["containers"]).Cast<YamlMappingNode>().Single(container => container.Children.TryGetValue("name", out var name) && Text(name) == "kube-apiserver");
    }

    /// <summary>The items of command and args.</summary>
    public IReadOnlyList<string> Items =>
        [.. new[] { "command", "args" }.Where(key => _container.Children.ContainsKey(key)).SelectMany(key => ((YamlSequenceNode)_container[key]).Select(Text))];

    /// <summary>The values of a flag, one for each time it is given.</summary>
    public IReadOnlyList<string> Values(string flag)
    {
        var items = Items;
        var name = "--" + flag;
        return
        [
            .. items.Where(item => item.Replace('_', '-').StartsWith(name + "=", StringComparison.Ordinal)).Select(item => item[(name.Length + 1)..]),
            .. items.Index().Where(item => item.Item == name).Select(item => items[item.Index + 1]),
        ];
    }

    /// <summary>The mounts at a path, each with what is read-only and what of the node is there.</summary>
    public IReadOnlyList<(bool IsReadOnly, string HostPath, string Type)> At(string path) =>
        [.. ((YamlSequenceNode)_container["volumeMounts"]).Cast<YamlMappingNode>().Where(mount => Text(mount["mountPath"]).TrimEnd('/') == path).Select(Volume)];

    private (bool IsReadOnly, string HostPath, string Type) Volume(YamlMappingNode mount)
    {
        var volume = ((YamlSequenceNode)_spec["volumes"]).Cast<YamlMappingNode>().Single(volume => Text(volume["name"]) == Text(mount["name"]));
        return (mount.Children.TryGetValue("readOnly", out var value) && Text(value) == "true", Text(volume["hostPath"]["path"]).TrimEnd('/'), Text(volume["hostPath"]["type"]));
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;
}
