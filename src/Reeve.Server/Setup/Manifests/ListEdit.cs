using Reeve.Detection.Yaml;

namespace Reeve.Server.Setup.Manifests;

/// <summary>Adds items to the lists of a manifest.</summary>
internal static class ListEdit
{
    /// <summary>Adds an item of several keys to a list, which is made where it is absent.</summary>
    /// <param name="lines">The lines, which are changed.</param>
    /// <param name="owner">The block that has the list.</param>
    /// <param name="key">Its key.</param>
    /// <param name="end">The last line of the block.</param>
    /// <param name="offset">How far dashes stand to the right of their keys, where there is no item yet.</param>
    /// <param name="item">The item's lines, without indentation.</param>
    public static void Append(ManifestLines lines, YamlMapping owner, string key, int end, int offset, IReadOnlyList<string> item)
    {
        lines.RequireBlock(owner);
        if (owner.List(key) is { Items: [.., var last] } list)
        {
            lines.InsertAfter(lines.EndOf(last.Line, list.Column), Written(lines.ItemPrefix(last, list), item));
            return;
        }

        var column = owner.Column - 1;
        if (owner.Entry(key) is not { } entry)
            lines.InsertAfter(end, [new string(' ', column) + key + ":", .. Written(new string(' ', column + offset) + "- ", item)]);
        else if (entry.Value is YamlScalar { Value: "" })
            lines.InsertAfter(entry.Key.Line, Written(new string(' ', column + offset) + "- ", item));
        else
            throw new ManifestRefusedException(entry.Value.Line, entry.Value.Column, $"'{key}' is not written one item a line, each behind a dash; write it so");
    }

    private static string[] Written(string prefix, IReadOnlyList<string> item) =>
        [prefix + item[0], .. item.Skip(1).Select(line => new string(' ', prefix.Length) + line)];
}
