using System.Text;

namespace Reeve.Benchmarks.Support;

/// <summary>The first events of a log under other auditIDs, which are no duplicates of the log's own.</summary>
internal static class WarmUpLog
{
    private const string Before = "\"auditID\":\"";

    public static void Write(string log, string path) =>
        File.WriteAllLines(path, File.ReadLines(log, Encoding.Latin1).Take(Sizes.WarmUpEvents).Select(Rename), Encoding.Latin1);

    private static string Rename(string line) => line.Replace(Before, Before + "warm-up-", StringComparison.Ordinal);
}
