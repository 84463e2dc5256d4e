using Reeve.Testing;

namespace Reeve.Store.Tests.Query;

/// <summary>Reads a text file of cases: one line each, <c>input ⇶ expected</c>, <c>#</c> before remarks.</summary>
internal static class CaseTable
{
    public static TheoryData<string, string> Read(string file)
    {
        var cases = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "Reeve.Store.Tests", "Query", "Cases", file)))
        {
            if (line.Length > 0 && !line.StartsWith('#') && line.Split(" ⇶ ") is [var input, var expected])
                cases.Add(input, expected);
        }

        return cases;
    }
}
