using System.Globalization;
using CsCheck;
using Reeve.Setup;

namespace Reeve.EndToEnd.Setup;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void Equal_texts_have_no_difference() => Assert.Empty(UnifiedDiff.Of("f", "a\n", "a\n"));

    [Fact]
    public void A_new_file_is_added_line_by_line() =>
        Assert.Equal(["--- /dev/null", "+++ f", "@@ -0,0 +1,2 @@", "+a", "+b"], UnifiedDiff.Of("f", null, "a\nb\n"));

    [Fact]
    public void Changes_far_apart_are_shown_apart_with_three_lines_around_each()
    {
        var before = string.Concat(Enumerable.Range(1, 20).Select(line => $"{line}\n"));

        var diff = UnifiedDiff.Of("f", before, before.Replace("5\n", "five\n", StringComparison.Ordinal).Replace("1five\n", "15\n", StringComparison.Ordinal) + "21\n");

        Assert.Equal(["@@ -2,7 +2,7 @@", "@@ -18,3 +18,4 @@"], diff.Where(line => line.StartsWith("@@", StringComparison.Ordinal)));
        Assert.Equal(["-5", "+five", "+21"], diff.Skip(2).Where(line => line[0] is '+' or '-'));
    }

    [Fact]
    public void Applied_to_the_old_text_it_gives_the_new() =>
        Gen.Select(Gen.Int[0, 3].Array[0, 40], Gen.Int[0, 3].Array[0, 40]).Sample((before, after) =>
        {
            var (old, changed) = (Text(before), Text(after));
            Assert.Equal(changed, Applied(old, UnifiedDiff.Of("f", old, changed)));
        });

    private static string Text(int[] lines) => string.Concat(lines.Select(line => $"{line}\n"));

    private static string Applied(string before, IReadOnlyList<string> diff)
    {
        var lines = before.Split('\n')[..^1];
        var result = new List<string>();
        var at = 0;
        foreach (var line in diff.Skip(2))
        {
            if (line[0] == '@')
            {
                var (start, count) = Range(line);
                for (var from = count == 0 ? start : start - 1; at < from; at++)
                    result.Add(lines[at]);
                continue;
            }

            if (line[0] != '+')
                Assert.Equal(lines[at++], line[1..]);
            if (line[0] != '-')
                result.Add(line[1..]);
        }

        return string.Concat(result.Concat(lines[at..]).Select(line => line + "\n"));
    }

    private static (int Start, int Count) Range(string header)
    {
        var range = header.Split(' ')[1][1..].Split(',');
        return (int.Parse(range[0], CultureInfo.InvariantCulture), int.Parse(range[1], CultureInfo.InvariantCulture));
    }
}
