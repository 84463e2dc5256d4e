namespace Reeve.Server.Doctor.Files;

/// <summary>
/// YAML whose indentation was lost, as in text that was copied from a page: keys that can only belong to what stands above them are put
/// below it again.
/// </summary>
internal static class IndentRepair
{
    // The keys that can stand below a key, and, behind a dash, in the items of its list; as far as audit policies and pods need it.
    private static readonly Dictionary<string, string[]> Below = new(StringComparer.Ordinal)
    {
        ["hostPath"] = ["path", "type"],
        ["volumeMounts-"] = ["mountPath", "name", "readOnly", "subPath", "mountPropagation"],
        ["volumes-"] = ["name", "hostPath", "configMap", "secret", "emptyDir"],
        ["resources-"] = ["group", "resources", "resourceNames"],
        ["rules-"] = ["level", "users", "userGroups", "verbs", "resources", "namespaces", "nonResourceURLs"],
    };

    // What a page writes so that its lines keep their blanks; to YAML it is a character like any other.
    private const char NoBreakSpace = '\u00A0';

    /// <summary>The text with its indentation repaired, and the first line that was wrong; null where none was.</summary>
    public static (string Text, int Line)? Of(string text)
    {
        var plain = text.Replace(NoBreakSpace, ' ');
        return Indented(plain) ?? (plain == text ? null : (plain, text.AsSpan(0, text.IndexOf(NoBreakSpace)).Count('\n') + 1));
    }

    /// <summary>What is wrong with a text that was repaired, in one line.</summary>
    public static string Describe(string text) => text.Contains(NoBreakSpace)
        ? "the indentation breaks here: this belongs below what stands above it, and the file has no-break spaces (U+00A0), which are no indentation"
        : "the indentation breaks here: this belongs below what stands above it";

    private static (string Text, int Line)? Indented(string text)
    {
        var lines = text.Split('\n');
        var (open, first) = (new Stack<Level>(), 0);
        for (var index = 0; index < lines.Length; index++)
        {
            var content = lines[index].Trim();
            if (content.Length == 0 || content[0] == '#')
                continue;
            var indent = lines[index].Length - lines[index].TrimStart().Length;
            if (content[0] == '-')
            {
                OpenItem(open, content, indent);
                continue;
            }

            var wanted = Wanted(open, KeyOf(content), indent);
            if (wanted != indent)
            {
                first = first == 0 ? index + 1 : first;
                lines[index] = new string(' ', wanted) + content;
            }

            OpenKey(open, content, wanted);
        }

        return first == 0 ? null : (string.Join('\n', lines), first);
    }

    // Below the deepest open block that takes the key and has none like it, where the key stands too far left for all of them.
    private static int Wanted(Stack<Level> open, string key, int indent)
    {
        foreach (var level in open)
        {
            if (indent >= level.ChildColumn)
                return indent;
            if (Below.TryGetValue(level.Name, out var keys) && keys.Contains(key, StringComparer.Ordinal) && !level.Seen.Contains(key))
                return level.ChildColumn;
        }

        return indent;
    }

    private static void OpenItem(Stack<Level> open, string content, int indent)
    {
        while (open.TryPeek(out var top) && (top.Column > indent || (top.IsItem && top.Column == indent)))
            open.Pop();
        var inner = content[1..].TrimStart();
        var column = indent + content.Length - inner.Length;
        open.Push(new Level($"{(open.TryPeek(out var list) && !list.IsItem ? list.Name : "")}-", indent, column, IsItem: true));
        OpenKey(open, inner, column);
    }

    private static void OpenKey(Stack<Level> open, string content, int column)
    {
        while (open.TryPeek(out var top) && (top.IsItem ? top.ChildColumn > column : top.Column >= column))
            open.Pop();
        var key = KeyOf(content);
        if (key.Length == 0)
            return;
        if (open.TryPeek(out var holder))
            holder.Seen.Add(key);
        if (content[(key.Length + 1)..].Split(" #")[0].Trim().Length == 0)
            open.Push(new Level(key, column, column + 2, IsItem: false));
    }

    private static string KeyOf(string content) => content.IndexOf(':') is > 0 and var at && !content.AsSpan(0, at).ContainsAny('"', '\'', ' ') ? content[..at] : "";

    // A block that is open: a key with its own column, or an item with that of its dash.
    private sealed record Level(string Name, int Column, int ChildColumn, bool IsItem)
    {
        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);
    }
}
