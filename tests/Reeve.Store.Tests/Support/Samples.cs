using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Store.Loading;

namespace Reeve.Store.Tests.Support;

/// <summary>An event as the pipeline would journal it.</summary>
internal sealed record SampleEvent(EventContext Context, byte[] Raw)
{
    public string Text => Encoding.UTF8.GetString(Raw);

    public byte[] Entry()
    {
        var bytes = new ArrayBufferWriter<byte>();
        EventEntry.Write(bytes, Context, Raw);
        return bytes.WrittenSpan.ToArray();
    }
}

/// <summary>Makes events.</summary>
internal static class Samples
{
    public const string Server = "3f9a2c1e";

    public static readonly DateTime Noon = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    public static EventReader Reader() => new(new Scrubber(new ScrubKey(new byte[32])), new EventLimits());

    public static EventRowEncoder Encoder() => new(Server);

    public static SampleEvent Of(string json, DateTime? time = null, string cluster = "prod", bool primary = true, string ip = "::") => new(
        new EventContext
        {
            Received = (time ?? Noon).AddMilliseconds(20),
            Time = time ?? Noon,
            Day = DateOnly.FromDateTime(time ?? Noon),
            Cluster = cluster,
            Source = "file",
            Host = "cp-1",
            Primary = primary,
            Ip = IPAddress.Parse(ip),
            RequestKey = 7,
            Fingerprint = UInt128.MaxValue,
            Origin = new RecordOrigin(1, 2, 3),
        },
        Encoding.UTF8.GetBytes(json));

    /// <summary>A get of a pod with what the caller adds or changes.</summary>
    public static JsonObject Json(string verb = "get", string user = "alice", string name = "web-1") => new()
    {
        ["kind"] = "Event",
        ["apiVersion"] = "audit.k8s.io/v1",
        ["level"] = "Metadata",
        ["auditID"] = "9454ec44-b032-44db-9d3a-1bfe78ad35db",
        ["stage"] = "ResponseComplete",
        ["requestURI"] = $"/api/v1/namespaces/shop/pods/{name}",
        ["verb"] = verb,
        ["user"] = new JsonObject { ["username"] = user, ["groups"] = new JsonArray("devs", "system:authenticated") },
        ["sourceIPs"] = new JsonArray("10.0.0.7"),
        ["userAgent"] = "kubectl/v1.36",
        ["objectRef"] = new JsonObject { ["resource"] = "pods", ["namespace"] = "shop", ["name"] = name, ["apiVersion"] = "v1" },
        ["responseStatus"] = new JsonObject { ["code"] = 200 },
        ["requestReceivedTimestamp"] = "2026-11-23T12:00:00.000000Z",
    };
}
