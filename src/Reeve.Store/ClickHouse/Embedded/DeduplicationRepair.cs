using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>
/// Makes deduplication logs tell the truth after a crash. MergeTree writes a block's id to <c>deduplication_logs/</c> before it
/// renames the part into place: killed between the two, it would drop the identical batch when it is sent again, and the rows are lost.
/// Before the engine opens, every id whose part is not on the disk is taken back.
/// </summary>
/// <remarks>
/// One line a record: operation (1 added, 2 dropped), part, block id, separated by tabs (<c>MergeTreeDeduplicationLog.cpp</c>).
/// The caller holds the folder's lock. Running it twice changes nothing.
/// </remarks>
internal static partial class DeduplicationRepair
{
    private const string Folder = "deduplication_logs";

    /// <summary>Repairs every table below the engine's folder; answers how many ids were taken back.</summary>
    public static int Run(string engineFolder)
    {
        var store = Path.Combine(engineFolder, "store");
        if (!Directory.Exists(store))
            return 0;
        var repaired = 0;
        foreach (var database in Directory.EnumerateDirectories(store))
        {
            foreach (var table in Directory.EnumerateDirectories(database))
                repaired += RepairTable(table);
        }

        return repaired;
    }

    private static int RepairTable(string table)
    {
        var logs = Path.Combine(table, Folder);
        if (!Directory.Exists(logs))
            return 0;
        var files = Directory.GetFiles(logs, "deduplication_log_*.txt").OrderBy(Number).ToList();
        var known = Read(files);
        var parts = Directory.EnumerateDirectories(table).Select(Path.GetFileName).Select(PartOf).OfType<Part>().ToLookup(p => p.Partition);
        var lost = known.Where(k => PartOf(k.Value) is { } part && !parts[part.Partition].Any(p => p.First <= part.First && p.Last >= part.Last)).ToList();
        if (lost.Count == 0)
            return 0;
        Append(files[^1], lost);
        return lost.Count;
    }

    /// <summary>Block ids that count as stored, with their parts.</summary>
    private static Dictionary<string, string> Read(List<string> files)
    {
        var known = new Dictionary<string, string>();
        foreach (var record in files.SelectMany(File.ReadLines).Select(line => line.Split('\t')).Where(r => r.Length == 3))
        {
            if (record[0] == "1")
                known[record[2]] = record[1];
            else
                known.Remove(record[2]);
        }

        return known;
    }

    private static void Append(string file, List<KeyValuePair<string, string>> lost)
    {
        using var log = new FileStream(file, FileMode.Append, FileAccess.Write);
        foreach (var (block, part) in lost)
            log.Write(Encoding.UTF8.GetBytes($"2\t{part}\t{block}\n"));
        log.Flush(flushToDisk: true);
    }

    private static long Number(string file) =>
        long.TryParse(Path.GetFileNameWithoutExtension(file).Split('_')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;

    /// <summary>A part's name: partition, first and last block, level, and the mutation if any.</summary>
    private static Part? PartOf(string? name)
    {
        var match = PartName().Match(name ?? "");
        return match.Success
            && long.TryParse(match.Groups["first"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && long.TryParse(match.Groups["last"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                ? new Part(match.Groups["partition"].Value, first, last)
                : null;
    }

    private sealed record Part(string Partition, long First, long Last);

    [GeneratedRegex(@"^(?<partition>[^_]+)_(?<first>\d+)_(?<last>\d+)_\d+(_\d+)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PartName();
}
