namespace Reeve.Testing;

/// <summary>Case tables: one case a line, its columns parted by ⇶; blank lines and lines that begin with # are none.</summary>
internal static class CaseTable
{
    /// <summary>Reads a table of two columns.</summary>
    /// <param name="path">The file below the folder <c>tests</c>.</param>
    public static TheoryData<string, string> Two(params string[] path)
    {
        var cases = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Path.Combine([Repository.Root, "tests", .. path])))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var columns = line.Split(" ⇶ ");
            Assert.True(columns.Length == 2, $"not two columns: {line}");
            cases.Add(columns[0], columns[1]);
        }

        return cases;
    }
}
