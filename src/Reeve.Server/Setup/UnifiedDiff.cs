using System.Globalization;
using System.Text;

namespace Reeve.Server.Setup;

/// <summary>What changes between two texts, line by line, as <c>diff -u</c> writes it.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The difference; empty where there is none.</summary>
    /// <param name="name">The file.</param>
    /// <param name="before">It as it is.</param>
    /// <param name="after">It as it should be.</param>
    public static string Of(string name, string before, string after)
    {
        if (before == after)
            return "";
        var steps = Steps(Lines(before), Lines(after));
        var text = new StringBuilder($"--- {name}\n+++ {name}\n");
        for (var at = 0; at < steps.Count;)
        {
            var first = steps.FindIndex(at, step => step.Sign != ' ');
            if (first < 0)
                break;
            var end = EndOf(steps, first);
            var begin = Math.Max(at, first - Context);
            Hunk(text, steps, begin, end);
            at = end;
        }

        return text.ToString();
    }

    // What follows the last line end is no line.
    private static string[] Lines(string text) => (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

    private static int EndOf(List<(char Sign, string Line)> steps, int first)
    {
        var last = first;
        for (var at = first; at < steps.Count && at <= last + (2 * Context); at++)
            last = steps[at].Sign == ' ' ? last : at;
        return Math.Min(steps.Count, last + Context + 1);
    }

    private static void Hunk(StringBuilder text, List<(char Sign, string Line)> steps, int begin, int end)
    {
        int Count(int from, int to, char not) => steps.GetRange(from, to - from).Count(step => step.Sign != not);
        text.Append(CultureInfo.InvariantCulture, $"@@ -{Count(0, begin, '+') + 1},{Count(begin, end, '+')} +{Count(0, begin, '-') + 1},{Count(begin, end, '-')} @@\n");
        foreach (var (sign, line) in steps.GetRange(begin, end - begin))
            text.Append(sign).Append(line).Append('\n');
    }

    // By the longest common subsequence; manifests have some hundred lines.
    private static List<(char Sign, string Line)> Steps(string[] before, string[] after)
    {
        var longest = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
                longest[i, j] = before[i] == after[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        }

        var (steps, x, y) = (new List<(char, string)>(), 0, 0);
        while (x < before.Length || y < after.Length)
        {
            if (x < before.Length && y < after.Length && before[x] == after[y])
            {
                steps.Add((' ', before[x]));
                (x, y) = (x + 1, y + 1);
            }
            else if (x < before.Length && (y == after.Length || longest[x + 1, y] >= longest[x, y + 1]))
            {
                steps.Add(('-', before[x++]));
            }
            else
            {
                steps.Add(('+', after[y++]));
            }
        }

        return steps;
    }
}
