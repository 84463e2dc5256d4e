namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// How AWS hands base64 payloads on: Firehose's HTTP delivery (<c>records[].data</c>), the events that a Lambda gets from
/// Kinesis (<c>Records[].kinesis.data</c>) and from CloudWatch Logs (<c>awslogs.data</c>).
/// </summary>
internal sealed class AwsRecords : IEnvelope
{
    /// <inheritdoc/>
    public string Form => "aws-records";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record)
    {
        if (record.Members["awslogs"].Members.Has("data"))
            return true;
        foreach (var first in Records(record).Items)
            return Holder(first).Has("data");
        return false;
    }

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into)
    {
        if (record.Members["awslogs"] is { IsObject: true } logs)
            Open(logs.Members["data"], into.Text().Keep(record.Members, "awslogs"), null, into);
        foreach (var item in Records(record).Items)
        {
            var holder = Holder(item);
            var text = into.Text().Keep(record.Members, "Records", "records").Keep(item.Members, "kinesis", "data").Keep(item.Members["kinesis"].Members, "data");
            Open(holder["data"], text, holder["approximateArrivalTimestamp"].Time ?? record.Members["timestamp"].Time, into);
        }
    }

    private static void Open(JsonMember data, EnvelopeText text, DateTime? sentAt, Unwrapping into) =>
        Base64Content.Open(data.Unescape(), text, sentAt, into, data.IsCut);

    private static JsonMember Records(WrappedRecord record) =>
        record.Members["records"] is { IsArray: true } firehose ? firehose : record.Members["Records"];

    private static JsonMembers Holder(JsonMember item) =>
        item.Members is var members && members["kinesis"] is { IsObject: true } kinesis ? kinesis.Members : members;
}
