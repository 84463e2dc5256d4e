namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// A LogEntry of Google Cloud's audit log about a GKE cluster (google.logging.v2, google.cloud.audit.AuditLog). It is
/// no audit event, so the event is made of it, of what it says and nothing else: there is no level, stage, group or uid.
/// </summary>
internal sealed class GkeLogEntry : IEnvelope
{
    private const string Kubernetes = "k8s.io";

    /// <inheritdoc/>
    public string Form => "gke";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record) => record.Members["protoPayload"].IsObject || IsOtherEntry(record.Members);

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into)
    {
        var payload = record.Members["protoPayload"].Members;
        var text = into.Text().Keep(record.Members, "protoPayload", "labels");
        foreach (var said in (ReadOnlySpan<string>)["serviceName", "methodName", "resourceName"])
            text.Keep(payload[said]);
        if (!record.Members["protoPayload"].IsObject || !IsKubernetes(payload))
        {
            into.Keep(text);
            return;
        }

        into.Read(new GkeEvent(record.Members, payload).Compose(record.IsCut), false, text, record.Members["timestamp"].Time, StreamKind.Audit);
    }

    private static bool IsOtherEntry(JsonMembers entry) => entry.Has("logName") && (entry.Has("textPayload") || entry.Has("jsonPayload"));

    // The operations on the cluster itself, such as making node pools, are a log of their own.
    private static bool IsKubernetes(JsonMembers payload) => payload["serviceName"].Text switch
    {
        "" => payload["methodName"].Text.StartsWith("io.k8s.", StringComparison.Ordinal),
        var service => service == Kubernetes,
    };
}
