using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ZstdSharp;

namespace Reeve.Server.Tests.Sources.Webhook;

/// <summary>Bodies as kube-apiserver sends them.</summary>
internal static class EventBodies
{
    private const string Head = """{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":[""";

    /// <summary>The bodies that a real kube-apiserver sent, in their order.</summary>
    public static IReadOnlyList<byte[]> Real() =>
        [.. Directory.EnumerateFiles(Repository.Shared("data", "webhook"), "batch-*.json.zst").Order(StringComparer.Ordinal).Select(Decompress)];

    /// <summary>An event as an item of a list.</summary>
    public static string Event(string auditId, string stage = "ResponseComplete") =>
        $$"""{"level":"Metadata","auditID":"{{auditId}}","stage":"{{stage}}","requestURI":"/api/v1/pods","verb":"list","user":{"username":"alice"},"sourceIPs":["10.0.0.1"],"objectRef":{"resource":"pods","apiVersion":"v1"},"responseStatus":{"code":200},"requestReceivedTimestamp":"2026-03-01T11:59:59.000000Z","stageTimestamp":"2026-03-01T11:59:59.000000Z"}""";

    /// <summary>A list of events.</summary>
    public static byte[] List(IEnumerable<string> events) => Encoding.UTF8.GetBytes($"{Head}{string.Join(',', events)}]}}\n");

    /// <summary>A list of the events with these ids.</summary>
    public static byte[] Of(params IEnumerable<string> auditIds) => List(auditIds.Select(id => Event(id)));

    /// <summary>The items of a body, each as it stands there.</summary>
    public static IEnumerable<string> Items(byte[] body)
    {
        using var list = JsonDocument.Parse(body);
        return [.. list.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetRawText())];
    }

    /// <summary>What tells an event from others of real bodies.</summary>
    public static string Name(string json)
    {
        using var item = JsonDocument.Parse(json);
        return $"{item.RootElement.GetProperty("auditID").GetString()} {item.RootElement.GetProperty("stage").GetString()}";
    }

    /// <summary>The same as gzip.</summary>
    public static byte[] Gzip(ReadOnlySpan<byte> body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(body);
        return compressed.ToArray();
    }

    private static byte[] Decompress(string path)
    {
        using var body = new MemoryStream();
        using var file = File.OpenRead(path);
        using (var zstd = new DecompressionStream(file))
            zstd.CopyTo(body);
        return body.ToArray();
    }
}
