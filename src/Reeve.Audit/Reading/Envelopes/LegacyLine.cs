namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// A line of the apiserver's text format (<c>--audit-log-format=legacy</c>): <c>TIME AUDIT: id="…" stage="…" …</c>. The event
/// is made of its values; the time is that of the request's receipt on every stage.
/// </summary>
internal sealed class LegacyLine : IEnvelope
{
    private const int LongestTime = 40;

    private static ReadOnlySpan<byte> Mark => " AUDIT: "u8;

    /// <inheritdoc/>
    public string Form => "legacy";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record) => TimeOf(record.Bytes.Span).Length > 0;

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into)
    {
        var line = record.Bytes.Span;
        var time = TimeOf(line);
        var values = GoQuoted.Pairs(line[(time.Length + Mark.Length)..], out var isCut);
        using var composer = new EventComposer();
        var composed = composer
            .Add("auditID", Value("id"))
            .Add("stage", Value("stage"))
            .Add("requestURI", Value("uri"))
            .Add("verb", Value("method"))
            .Add("user", Value("user").Length > 0 || Value("groups").Length > 0, user => user.Add("username", Value("user")).Add("groups", GoQuoted.List(Value("groups"))))
            .Add("impersonatedUser", Value("as").Length > 0, user => user.Add("username", Value("as")).Add("groups", GoQuoted.List(Value("asgroups"))))
            .Add("sourceIPs", Value("ip") is { Length: > 0 } ip ? [ip] : [])
            .Add("userAgent", Value("user-agent"))
            .Add("objectRef", Value("namespace").Length > 0, reference => reference.Add("namespace", Value("namespace")))
            .Add("responseStatus", Code() > 0, status => status.Add("code", Code()))
            .Add("requestReceivedTimestamp", System.Text.Encoding.ASCII.GetString(time))
            .Finish(isCut || !values.ContainsKey("response"));
        into.Read(composed, false, into.Text(), null, StreamKind.Audit);

        // Absent values stand in angle brackets: <none>, <self>, <lookup>, <unknown>, <deferred>.
        string Value(string name) => values.GetValueOrDefault(name) is { } value && !(value is ['<', .., '>']) ? value : "";
        int Code() => ushort.TryParse(Value("response"), out var code) ? code : 0;
    }

    private static ReadOnlySpan<byte> TimeOf(ReadOnlySpan<byte> line)
    {
        var mark = line[..Math.Min(line.Length, LongestTime + Mark.Length)].IndexOf(Mark);
        return mark > 0 && Timestamp.TryParse(line[..mark], out _) ? line[..mark] : default;
    }
}
