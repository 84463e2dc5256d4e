using System.Text;
using Reeve.Detection.Yaml;

namespace Reeve.Server.Setup.Manifests;

/// <summary>All that a patch must leave as it is, in one text that can be compared.</summary>
internal static class ManifestRest
{
    /// <summary>Everything but audit flags and some volumes with their mounts.</summary>
    /// <param name="manifest">A manifest that can be read.</param>
    /// <param name="volumes">The names of these volumes.</param>
    public static string Of(string manifest, IReadOnlySet<string> volumes)
    {
        var pod = ApiServerPod.Read(manifest);
        IEnumerable<YamlNode?> left =
        [
            .. pod.Flags.Where(flag => flag.Name.StartsWith("audit-", StringComparison.Ordinal)).SelectMany(flag => new[] { flag.Item, flag.ValueItem }),
            .. pod.Mounts.Where(mount => volumes.Contains(mount.Volume.Value)).Select(mount => mount.Node),
            .. pod.Volumes.Where(volume => volumes.Contains(volume.Key)).Select(volume => volume.Value),
        ];
        var text = new StringBuilder();
        Write(YamlTree.Parse(manifest)!, left.OfType<YamlNode>().Select(node => (node.Line, node.Column)).ToHashSet(), text);
        return text.ToString();
    }

    // Lengths before texts, so that no two trees are written alike.
    private static void Write(YamlNode node, IReadOnlySet<(int Line, int Column)> left, StringBuilder text)
    {
        switch (node)
        {
            case YamlScalar scalar:
                text.Append(scalar.Value.Length).Append(':').Append(scalar.Value);
                break;
            case YamlSequence list:
                text.Append('[');
                foreach (var item in list.Items.Where(item => !left.Contains((item.Line, item.Column))))
                    Write(item, left, text);
                text.Append(']');
                break;
            case YamlMapping mapping:
                text.Append('{');
                foreach (var (key, value) in mapping.Entries)
                {
                    // Who reads such a file takes one or the other.
                    mapping.Entry(key.Value);
                    WriteEntry(key, value, left, text);
                }

                text.Append('}');
                break;
        }
    }

    private static void WriteEntry(YamlScalar key, YamlNode value, IReadOnlySet<(int Line, int Column)> left, StringBuilder text)
    {
        // A list that was made, or was empty, for what is left out.
        var isEmpty = value is YamlScalar { IsNull: true } || (value is YamlSequence list && list.Items.All(item => left.Contains((item.Line, item.Column))));
        if (isEmpty && key.Value is ("volumes" or "volumeMounts"))
            return;
        Write(key, left, text);
        Write(value, left, text);
    }
}
