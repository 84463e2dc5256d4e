namespace Reeve.Server.Tests.Guide;

/// <summary>A table in a page of <c>docs/guide</c> that comes from the code, between two comments that name it.</summary>
internal static class GeneratedTable
{
    private const string Update = "UPDATE_GOLDEN";

    /// <summary>Fails where the page shows another table; rewrites it instead where <c>UPDATE_GOLDEN=1</c>.</summary>
    /// <param name="page">The page's file name.</param>
    /// <param name="name">What the comments say.</param>
    /// <param name="head">The columns.</param>
    /// <param name="rows">The cells of each row.</param>
    public static void Check(string page, string name, string[] head, IEnumerable<string[]> rows)
    {
        var path = Path.Combine(Repository.Root, "docs/guide", page);
        var text = File.ReadAllText(path);
        var begin = $"<!-- {name}: generated, see CONTRIBUTING.md -->\n";
        var end = $"<!-- end of {name} -->";
        var start = text.IndexOf(begin, StringComparison.Ordinal);
        var stop = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(start >= 0 && stop > start, $"{page} has no place for the table of {name}");
        start += begin.Length;
        string[][] lines = [head, [.. head.Select(_ => "---")], .. rows];
        var table = string.Concat(lines.Select(cells => $"| {string.Join(" | ", cells.Select(Escaped))} |\n"));
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllText(path, text[..start] + table + text[stop..]);
        else
            Assert.True(text[start..stop] == table, $"docs/guide/{page} is stale: run {Update}=1 ./test GuideTests, look at the difference and commit it");
    }

    private static string Escaped(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);
}
