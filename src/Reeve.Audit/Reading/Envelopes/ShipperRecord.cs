namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// A line as a log shipper hands it on, with what it knows beside it: Fluent Bit and Fluentd (<c>log</c>), Vector and
/// Filebeat (<c>message</c>), the OpenTelemetry Collector (<c>body</c>), Splunk (<c>event</c>, <c>_raw</c>,
/// <c>result._raw</c>), Docker's own files (<c>log</c>), Loki (<c>line</c>), journald (<c>MESSAGE</c>).
/// </summary>
internal sealed class ShipperRecord : IEnvelope
{
    // In this order: where a shipper both keeps the line and parses it, the line is the original.
    private static readonly string[] Contents =
        ["log", "message", "body", "Body", "_raw", "event", "json", "line", "msg", "MESSAGE", "log_processed", "original", "result", "data", "payload"];

    private static readonly string[] Times = ["@timestamp", "timestamp", "time", "Timestamp", "ts", "date", "_time", "observedTimestamp", "__REALTIME_TIMESTAMP"];

    // What only a record of a shipper has: then a line that is no event is another log, and no damaged event.
    private static readonly string[] Signs =
        ["kubernetes", "@timestamp", "stream", "source_type", "ecs", "fluentd_tag", "sourcetype", "__CURSOR"];

    /// <inheritdoc/>
    public string Form => "shipper";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record) => Content(record.Members).Exists || IsOtherLog(record.Members);

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into)
    {
        var members = record.Members;
        var content = Content(members) is { Exists: true } line ? line : OtherLine(members);
        var text = into.Text().Keep(members, content.Name);
        into.Read(content, text, Time(members), HasSign(members) ? StreamKind.Unknown : StreamKind.Audit);
    }

    private static JsonMember Content(JsonMembers members)
    {
        foreach (var name in Contents)
        {
            if (members[name] is { Exists: true } content && MayHoldEvent(content))
                return content;
        }

        return default;
    }

    private static bool IsOtherLog(JsonMembers members) => HasSign(members) && OtherLine(members).Exists;

    private static bool HasSign(JsonMembers members) => Signs.Any(members.Has);

    private static JsonMember OtherLine(JsonMembers members)
    {
        foreach (var name in Contents)
        {
            if (members[name] is { IsString: true, IsCut: false } line)
                return line;
        }

        return default;
    }

    private static bool MayHoldEvent(JsonMember content)
    {
        if (content.IsObject)
            return IsEventOrEnvelope(content.Members);
        if (!content.IsString)
            return false;
        var text = content.Escaped.Span.TrimStart(" \t"u8);
        return text is [(byte)'{', ..] or [(byte)'[', ..] || text.StartsWith("\\\"{"u8) || text.StartsWith("H4sI"u8)
            || text.IndexOf("audit.k8s.io"u8) >= 0 || text.IndexOf(" AUDIT: id="u8) >= 0;
    }

    // An object that holds the event, as Splunk's `result` holds `_raw`.
    private static bool IsEventOrEnvelope(JsonMembers members) =>
        members.Has("verb") || members.Has("auditID") || members["kind"].Text == "Event" || members["original"].IsString || members["_raw"].IsString
        || members["body"].Exists || members["stringValue"].IsString;

    private static DateTime? Time(JsonMembers members)
    {
        foreach (var name in Times)
        {
            if (members[name].Time is { } time)
                return time;
        }

        return null;
    }
}
