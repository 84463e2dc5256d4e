using Reeve.Detection.Yaml;

namespace Reeve.Server.Setup.Manifests;

/// <summary>Makes one change that brings a flag of a manifest to what it must be.</summary>
internal static class FlagEdit
{
    /// <summary>Makes a change; false where nothing is to do.</summary>
    public static bool Make(ApiServerPod pod, ManifestLines lines, WantedFlag wanted)
    {
        var found = pod.Flags.Where(flag => flag.Name == wanted.Name).ToList();
        if (found.Count == 0)
            return !wanted.IsDefault && Add(pod, lines, wanted);
        // Of several, the apiserver takes the last.
        var last = found[^1];
        if (wanted.IsMetBy(last.Value) || (last.Value is null && wanted.Value == "true"))
            return found.Count > 1 && Remove(lines, found[0]);
        if (wanted.Conflict is { } conflict)
            throw new ManifestRefusedException(last.Item.Line, last.Item.Column, conflict);
        if (last.ValueItem is { } value)
            lines.Replace(value, wanted.Value);
        else
            lines.Replace(last.Item, wanted.Text);
        return true;
    }

    private static bool Remove(ManifestLines lines, PodFlag flag)
    {
        // The value first: the flag alone would take what follows.
        lines.Remove(flag.ValueItem ?? flag.Item, flag.List);
        if (flag.ValueItem is not null)
            lines.Remove(flag.Item, flag.List);
        return true;
    }

    private static bool Add(ApiServerPod pod, ManifestLines lines, WantedFlag wanted)
    {
        var before = pod.Flags.LastOrDefault(flag => flag.Name.StartsWith("audit-", StringComparison.Ordinal)) ?? (pod.Flags.Count > 0 ? pod.Flags[^1] : null);
        var list = before?.List ?? pod.Lists[^1];
        var item = before?.ValueItem ?? before?.Item ?? (YamlScalar)list.Items[^1];
        var quote = lines.QuoteOf(item);
        lines.InsertAfter(lines.EndOf(item.Line, list.Column), $"{lines.ItemPrefix(item, list)}{quote}{wanted.Text}{quote}");
        return true;
    }
}
