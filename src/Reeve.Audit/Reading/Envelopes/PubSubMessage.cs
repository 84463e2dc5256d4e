namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// A message of Google Cloud Pub/Sub, pushed or pulled: its <c>data</c> is base64, of a LogEntry where a log sink wrote it.
/// </summary>
internal sealed class PubSubMessage : IEnvelope
{
    /// <inheritdoc/>
    public string Form => "pubsub";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record) => Message(record) is var message && message["data"].IsString
        && (message.Has("messageId") || message.Has("message_id") || message.Has("publishTime") || message.Has("attributes"));

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into)
    {
        var message = Message(record);
        var text = into.Text().Keep(record.Members, "message", "data", "ackId");
        if (!ReferenceEquals(message, record.Members))
            text.Keep(message, "data");
        Base64Content.Open(message["data"].Unescape(), text, message["publishTime"].Time, into, message["data"].IsCut);
    }

    private static JsonMembers Message(WrappedRecord record) =>
        record.Members["message"] is { IsObject: true } message ? message.Members : record.Members;
}
