using System.Globalization;
using Reeve.Server.Setup;

namespace Reeve.Server.Tests.Setup;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void Nothing_differs_in_the_same() => Assert.Equal("", UnifiedDiff.Of("f", "a\nb\n", "a\nb\n"));

    [Fact]
    public void What_is_far_from_a_change_is_left_out() => Assert.Equal(
        "--- f\n+++ f\n@@ -2,6 +2,7 @@\n b\n c\n d\n+x\n e\n f\n g\n",
        UnifiedDiff.Of("f", "a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nc\nd\nx\ne\nf\ng\nh\n"));

    [Fact]
    public void A_difference_makes_the_new_text_of_the_old_one()
    {
        for (var seed = 1; seed <= 500; seed++)
        {
            var random = new Random(seed);
            string Text() => string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => $"{(char)('a' + random.Next(6))}\n"));
            var (before, after) = (Text() + "end\n", Text() + "end\n");

            Assert.Equal(after, Applied(before, UnifiedDiff.Of("f", before, after)));
        }
    }

    // As patch does it: hunks say from which line on which lines go and come.
    private static string Applied(string before, string diff)
    {
        var (lines, result, at) = (before.Split('\n'), new List<string>(), 0);
        foreach (var line in diff.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2))
        {
            if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                var start = int.Parse(line[4..line.IndexOf(',')], CultureInfo.InvariantCulture) - 1;
                result.AddRange(lines[at..start]);
                at = start;
                continue;
            }

            if (line[0] != '+')
                Assert.Equal(lines[at++], line[1..]);
            if (line[0] != '-')
                result.Add(line[1..]);
        }

        return string.Join('\n', result.Concat(lines[at..]));
    }
}
