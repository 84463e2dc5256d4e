namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// A row of the tables AKSAudit and AKSAuditAdmin of Log Analytics, whose columns are the event's keys: the event is put
/// together from them. A column with an object holds it as it is, or as text.
/// </summary>
internal sealed class AksAuditRow : IEnvelope
{
    private static readonly (string Column, string Key)[] Columns =
    [
        ("Level", "level"),
        ("AuditId", "auditID"),
        ("Stage", "stage"),
        ("RequestUri", "requestURI"),
        ("Verb", "verb"),
        ("User", "user"),
        ("ImpersonatedUser", "impersonatedUser"),
        ("SourceIps", "sourceIPs"),
        ("UserAgent", "userAgent"),
        ("ObjectRef", "objectRef"),
        ("ResponseStatus", "responseStatus"),
        ("RequestObject", "requestObject"),
        ("ResponseObject", "responseObject"),
        ("RequestReceivedTime", "requestReceivedTimestamp"),
        ("RequestReceivedTimestamp", "requestReceivedTimestamp"),
        ("StageReceivedTime", "stageTimestamp"),
        ("StageTimestamp", "stageTimestamp"),
        ("Annotations", "annotations"),
    ];

    private static readonly string[] Known = [.. Columns.Select(column => column.Column)];

    /// <inheritdoc/>
    public string Form => "aks-audit";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record) =>
        record.Members is var row && row.Has("Verb") && (row.Has("AuditId") || row.Has("RequestUri") || row.Has("ObjectRef"));

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into)
    {
        using var composer = new EventComposer();
        foreach (var (column, key) in Columns)
            composer.Add(key, Value(record.Members[column]));
        var cut = record.IsCut ? Columns.FirstOrDefault(column => record.Members[column.Column].IsCut) : default;
        var composed = cut.Key is null ? composer.Finish(record.IsCut) : composer.Finish(true, cut.Key, record.Members[cut.Column]);
        into.Read(composed, false, into.Text().Keep(record.Members, Known), record.Members["TimeGenerated"].Time, StreamKind.Audit);
    }

    private static JsonMember Value(JsonMember column)
    {
        if (!column.IsString || column.IsCut)
            return column;
        if (column.Escaped.IsEmpty)
            return default;
        if (column.Escaped.Span[0] is not ((byte)'{' or (byte)'['))
            return column;
        var json = RecordText.Trim(column.Unescape());
        var scanner = new JsonScanner(json.Span);
        var token = scanner.Read() ? scanner.Token : JsonToken.None;
        return token is JsonToken.StartObject or JsonToken.StartArray && scanner.Skip() && scanner.Complete && scanner.End == json.Length
            ? new JsonMember(column.Name, token, json, false)
            : column;
    }
}
