using System.Globalization;

namespace Reeve.Setup;

/// <summary>Two texts as a unified diff, as <c>diff -u</c> and <c>patch</c> know it.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    // Quadratic in lines: beyond this, the whole text is shown as replaced.
    private const long MostWork = 25_000_000;

    /// <summary>The lines of the diff; none where the texts are equal.</summary>
    /// <param name="path">The file, as the header names it.</param>
    /// <param name="before">What it holds; null where there is none yet.</param>
    /// <param name="after">What it is to hold.</param>
    public static IReadOnlyList<string> Of(string path, string? before, string after)
    {
        if (before == after)
            return [];
        var edits = Edits(Lines(before ?? ""), Lines(after));
        List<string> diff = [$"--- {(before is null ? "/dev/null" : path)}", $"+++ {path}"];
        for (var at = 0; at < edits.Count;)
        {
            if (edits[at].Sign == ' ')
            {
                at++;
                continue;
            }

            var (start, end) = (Math.Max(0, at - Context), EndOfHunk(edits, at));
            diff.Add(Header(edits, start, end));
            diff.AddRange(edits[start..end].Select(edit => edit.Sign + edit.Line));
            at = end;
        }

        return diff;
    }

    private static List<string> Lines(string text)
    {
        List<string> lines = [.. text.Split('\n')];
        if (lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        else
            lines[^1] += "\n\\ No newline at end of file";
        return lines;
    }

    private static int EndOfHunk(List<(char Sign, string Line)> edits, int at)
    {
        var last = at;
        for (var next = at; next < edits.Count && next - last <= (2 * Context) + 1; next++)
        {
            if (edits[next].Sign != ' ')
                last = next;
        }

        return Math.Min(edits.Count, last + Context + 1);
    }

    private static string Header(List<(char Sign, string Line)> edits, int start, int end)
    {
        return string.Create(CultureInfo.InvariantCulture, $"@@ -{Range('+')} +{Range('-')} @@");

        string Range(char other)
        {
            var count = edits[start..end].Count(edit => edit.Sign != other);
            var first = edits[..start].Count(edit => edit.Sign != other) + (count > 0 ? 1 : 0);
            return string.Create(CultureInfo.InvariantCulture, $"{first},{count}");
        }
    }

    // The longest common subsequence, from the end, so that it can be walked from the beginning.
    private static List<(char Sign, string Line)> Edits(List<string> before, List<string> after)
    {
        if ((long)before.Count * after.Count > MostWork)
            return [.. before.Select(line => ('-', line)), .. after.Select(line => ('+', line))];
        var common = new int[before.Count + 1, after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
        {
            for (var j = after.Count - 1; j >= 0; j--)
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var edits = new List<(char, string)>();
        var (b, a) = (0, 0);
        while (b < before.Count || a < after.Count)
        {
            if (b < before.Count && a < after.Count && before[b] == after[a])
            {
                edits.Add((' ', before[b++]));
                a++;
            }
            else if (b < before.Count && (a == after.Count || common[b + 1, a] >= common[b, a + 1]))
                edits.Add(('-', before[b++]));
            else
                edits.Add(('+', after[a++]));
        }

        return edits;
    }
}
