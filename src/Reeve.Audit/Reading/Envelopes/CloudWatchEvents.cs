namespace Reeve.Audit.Reading.Envelopes;

/// <summary>What <c>aws logs filter-log-events</c> and <c>get-log-events</c> answer.</summary>
internal sealed class CloudWatchEvents : IEnvelope
{
    /// <inheritdoc/>
    public string Form => "cloudwatch-events";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record)
    {
        var events = record.Members["events"];
        if (!events.IsArray)
            return false;
        foreach (var first in events.Items)
            return first.Members.Has("message");
        return record.Members.Has("searchedLogStreams") || record.Members.Has("nextForwardToken");
    }

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into)
    {
        foreach (var item in record.Members["events"].Items)
        {
            var logEvent = item.Members;
            into.Read(
                logEvent["message"],
                into.Text().Keep(logEvent, "message"),
                logEvent["timestamp"].Time,
                CloudWatchStream.KindOf(logEvent["logStreamName"].Text));
        }
    }
}
