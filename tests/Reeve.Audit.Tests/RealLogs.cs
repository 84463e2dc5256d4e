using System.Text;
using Reeve.Audit.Reading;
using Reeve.Audit.Salvage;
using Reeve.Audit.Scrubbing;
using Reeve.Testing;
using ZstdSharp;

namespace Reeve.Audit.Tests;

/// <summary>The logs of a real apiserver, line by line.</summary>
internal static class RealLogs
{
    /// <summary>Every line of the log with everything at RequestResponse, 16 MB.</summary>
    public static List<byte[]> Permissive() => Folder("permissive");

    /// <summary>Every line of the logs whose bodies the apiserver cut at 100 KiB.</summary>
    public static List<byte[]> Truncated() => Folder("truncated");

    /// <summary>Every line of every log, the large one reduced to those a word of secrets stands in beside a body.</summary>
    public static IEnumerable<byte[]> WithSecrets() =>
        Permissive().Concat(Truncated()).Concat(Folder("article-policy")).Concat(
            Lines(Bytes(Repository.Shared("data", "audit", "bulk.jsonl.zst"))).Where(MayHoldSecrets));

    private static bool MayHoldSecrets(byte[] line) =>
        line.AsSpan().IndexOf("Object\":"u8) >= 0
        && (line.AsSpan().IndexOf("ecret"u8) >= 0 || line.AsSpan().IndexOf("oken"u8) >= 0 || line.AsSpan().IndexOf("PASSWORD"u8) >= 0);

    /// <summary>The whole bytes of a file, decompressed.</summary>
    public static byte[] Bytes(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (!path.EndsWith(".zst", StringComparison.Ordinal))
            return bytes;
        using var decompressor = new Decompressor();
        return decompressor.Unwrap(bytes).ToArray();
    }

    /// <summary>The lines of some bytes, without their ends.</summary>
    public static IEnumerable<byte[]> Lines(byte[] bytes)
    {
        var start = 0;
        while (start < bytes.Length)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start);
            if (end < 0)
                end = bytes.Length;
            if (end > start)
                yield return bytes[start..end];
            start = end + 1;
        }
    }

    private static List<byte[]> Folder(string name) =>
        [.. Directory.GetFiles(Repository.Shared("data", "audit", name), "*.jsonl*")
            .Order(StringComparer.Ordinal)
            .SelectMany(path => Lines(Bytes(path)))];
}

/// <summary>Keeps copies of the events it is given.</summary>
internal sealed class CollectingSink : IEventSink
{
    public List<EventCopy> Events { get; } = [];

    public void Accept(AuditEvent auditEvent) => Events.Add(EventCopy.Of(auditEvent));
}

/// <summary>Everything an event says, as values that can be compared.</summary>
internal sealed record EventCopy(byte[] Raw, string Values, Integrity Integrity, EventMarks Marks, Category Category, long CutBytes)
{
    public string Text => Encoding.UTF8.GetString(Raw);

    public string Envelope { get; private init; } = "";

    public DateTime? SentAt { get; private init; }

    public CutCause? Cause { get; private init; }

    public bool IsResponse { get; private init; }

    public static EventCopy Of(AuditEvent e) =>
        new(e.Raw.ToArray(), Describe(e), e.Integrity, e.Marks, e.Category, e.CutBytes) { Envelope = e.Envelope, SentAt = e.SentAt, Cause = e.Cause, IsResponse = e.IsResponse };

    /// <summary>One line for each value, in a fixed order; what is absent has no line.</summary>
    private static string Describe(AuditEvent e)
    {
        var text = new StringBuilder();
        foreach (var field in Enum.GetValues<EventField>())
            Line(text, field.ToString(), e.Text(field));
        List(text, "Groups", e.Groups);
        List(text, "ImpersonatedGroups", e.ImpersonatedGroups);
        List(text, "SourceIps", e.SourceIps);
        Line(text, "UserExtra", Encoding.Latin1.GetString(e.UserExtra));
        Line(text, "Annotations", Encoding.Latin1.GetString(e.Annotations));
        Line(text, "RequestObject", Encoding.Latin1.GetString(e.RequestObject));
        Line(text, "ResponseObject", Encoding.Latin1.GetString(e.ResponseObject));
        Line(text, "RequestReceivedAt", $"{e.RequestReceivedAt:O}");
        Line(text, "StageAt", $"{e.StageAt:O}");
        Line(text, "Code", e.Code == 0 ? "" : $"{e.Code}");
        return text.ToString();
    }

    private static void List(StringBuilder text, string name, Utf8List values)
    {
        foreach (var value in values)
            text.Append(name).Append("[] = ").Append(Encoding.UTF8.GetString(value)).Append('\n');
    }

    private static void Line(StringBuilder text, string name, string value)
    {
        if (value.Length > 0)
            text.Append(name).Append(" = ").Append(value).Append('\n');
    }
}

/// <summary>Readers as the tests use them.</summary>
internal static class Readers
{
    /// <summary>A key that is the same in all tests.</summary>
    public static ScrubKey Key { get; } = new(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray());

    public static EventReader New(EventLimits? limits = null) =>
        new(new Scrubber(Key), limits ?? new EventLimits());

    public static List<EventCopy> Read(string record, EventLimits? limits = null) =>
        Read(Encoding.UTF8.GetBytes(record), limits);

    public static List<EventCopy> Read(byte[] record, EventLimits? limits = null)
    {
        var sink = new CollectingSink();
        New(limits).Read(record, sink);
        return sink.Events;
    }

    public static EventCopy Restore(byte[] raw)
    {
        var restored = new AuditEvent();
        new EventRestorer().Restore(raw, restored);
        return EventCopy.Of(restored);
    }
}
