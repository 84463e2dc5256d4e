namespace Reeve.Server.Doctor.Files;

/// <summary>A manifest of kube-apiserver as one whole pod, also where only some of its lines were given. Immutable.</summary>
/// <param name="Text">The pod.</param>
/// <param name="Lines">The line of the file for each line of the pod; 0 for those that were added around.</param>
/// <param name="BrokenLine">The first line of the file whose indentation is wrong; 0 where none is.</param>
/// <param name="IsPart">Whether only lines of a pod were given.</param>
internal sealed record PodText(string Text, IReadOnlyList<int> Lines, int BrokenLine, bool IsPart)
{
    private const string Head = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: kube-apiserver\n  namespace: kube-system\nspec:\n  containers:\n  - name: kube-apiserver\n    command:\n    - kube-apiserver";

    /// <summary>Reads one.</summary>
    public static PodText Of(ChainFile file)
    {
        var repaired = IndentRepair.Of(file.Text);
        var lines = (repaired?.Text ?? file.Text).Split('\n');
        var broken = repaired?.Line ?? 0;
        return lines.Any(line => line.StartsWith("kind:", StringComparison.Ordinal))
            ? new(string.Join('\n', lines), [.. Enumerable.Range(1, lines.Length)], broken, IsPart: false)
            : Whole(lines, broken);
    }

    /// <summary>The line of the file of a line of the pod.</summary>
    public int LineOf(int line) => line >= 1 && line <= Lines.Count ? Lines[line - 1] : 0;

    // Flags, mounts and volumes, each put where a pod has them.
    private static PodText Whole(string[] lines, int broken)
    {
        var (flags, mounts, volumes) = (new List<(string, int)>(), new List<(string, int)>(), new List<(string, int)>());
        var into = flags;
        for (var index = 0; index < lines.Length; index++)
        {
            var content = lines[index].Trim();
            if (content.Length == 0 || content[0] == '#')
                continue;
            if (content.StartsWith("volumeMounts:", StringComparison.Ordinal))
                into = mounts;
            else if (content.StartsWith("volumes:", StringComparison.Ordinal))
                into = volumes;
            else if (content.StartsWith("- --", StringComparison.Ordinal))
                flags.Add(($"    {content}", index + 1));
            else
                into.Add((lines[index].TrimEnd(), index + 1));
        }

        var pod = Head.Split('\n').Select(line => (line, 0)).Concat(flags);
        if (mounts.Count > 0)
            pod = pod.Append(("    volumeMounts:", 0)).Concat(Shifted(mounts, "    "));
        if (volumes.Count > 0)
            pod = pod.Append(("  volumes:", 0)).Concat(Shifted(volumes, "  "));
        var all = pod.ToList();
        return new(string.Join('\n', all.Select(line => line.Item1)) + "\n", [.. all.Select(line => line.Item2), 0], broken, IsPart: true);
    }

    private static IEnumerable<(string, int)> Shifted(List<(string Line, int Number)> lines, string indent)
    {
        var least = lines.Min(line => line.Line.Length - line.Line.TrimStart().Length);
        return lines.Select(line => (indent + line.Line[least..], line.Number));
    }
}
