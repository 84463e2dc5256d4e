namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// What a CloudWatch Logs subscription filter sends to Kinesis, Firehose and Lambda: the messages of one log stream of
/// EKS. <c>CONTROL_MESSAGE</c> only says that the subscription lives.
/// </summary>
internal sealed class CloudWatchSubscription : IEnvelope
{
    /// <inheritdoc/>
    public string Form => "cloudwatch";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record) => record.Members is var members && members.Has("logEvents") && (members.Has("logGroup") || members.Has("messageType"));

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into)
    {
        var payload = record.Members;
        var stream = payload["messageType"].Text == "CONTROL_MESSAGE" ? StreamKind.Other : CloudWatchStream.KindOf(payload["logStream"].Text);
        foreach (var item in payload["logEvents"].Items)
        {
            var logEvent = item.Members;
            into.Read(
                logEvent["message"],
                into.Text().Keep(payload, "logEvents").Keep(logEvent, "message"),
                logEvent["timestamp"].Time,
                stream);
        }
    }
}

/// <summary>The log streams of an EKS control plane.</summary>
internal static class CloudWatchStream
{
    private static readonly string[] Others =
        ["authenticator-", "kube-apiserver-", "kube-controller-manager-", "kube-scheduler-", "cloud-controller-manager-"];

    /// <summary>What a stream holds, by its name; a name that EKS did not give says nothing.</summary>
    public static StreamKind KindOf(string name)
    {
        if (name.StartsWith("kube-apiserver-audit-", StringComparison.Ordinal))
            return StreamKind.Audit;
        return Others.Any(other => name.StartsWith(other, StringComparison.Ordinal)) ? StreamKind.Other : StreamKind.Unknown;
    }
}
