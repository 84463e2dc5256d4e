using System.Buffers;
using System.Net;
using System.Text;
using Reeve.Audit;
using Reeve.Audit.Entries;
using ZstdSharp;

namespace Reeve.Fuzzing;

/// <summary>What inputs are made from: the lines of logs, and entries and texts of each kind.</summary>
internal static class Seeds
{
    private const int LinesOfAFile = 300;

    private static readonly string[] Queries =
    [
        "user:kubernetes-admin verb:delete", "ns:(shop or ci) -verb:(get or list or watch)", "-user:system:* code:>=400",
        "ip:10.0.0.0/8", "requestObject.spec.hostNetwork:true", "\"cluster-admin\" and not (time:>2026-01-01 or name:a*b)",
    ];

    /// <summary>Reads every log of the folders.</summary>
    public static List<byte[]> Of(IEnumerable<string> folders)
    {
        var lines = folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(path => path.Contains(".json", StringComparison.Ordinal) || path.Contains(".log", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).SelectMany(Lines).ToList();
        var entries = lines.Where((_, i) => i % 50 == 0).Select(Entry).ToList();
        return [.. lines, .. entries, .. Queries.Select(Encoding.UTF8.GetBytes)];
    }

    private static IEnumerable<byte[]> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using var text = new StreamReader(path.EndsWith(".zst", StringComparison.Ordinal) ? new DecompressionStream(file) : file, Encoding.Latin1);
        for (var i = 0; i < LinesOfAFile && text.ReadLine() is { } line; i++)
            yield return Encoding.Latin1.GetBytes(line);
    }

    private static byte[] Entry(byte[] line)
    {
        var entry = new ArrayBufferWriter<byte>();
        var time = new DateTime(2026, 11, 23, 3, 15, 0, DateTimeKind.Utc);
        EventEntry.Write(entry, new EventContext
        {
            Received = time, Time = time, Day = DateOnly.FromDateTime(time), Cluster = "prod", Source = "syslog", Host = "cp-1",
            Ip = IPAddress.Loopback, Fingerprint = 1, RequestKey = 2, Origin = new RecordOrigin(1, 2, 3),
        }, line);
        return entry.WrittenSpan.ToArray();
    }
}
