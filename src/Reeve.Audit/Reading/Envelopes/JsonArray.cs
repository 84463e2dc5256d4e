namespace Reeve.Audit.Reading.Envelopes;

/// <summary>A JSON array of records, as <c>jq -s</c> and many exports make.</summary>
internal sealed class JsonArray : IEnvelope
{
    /// <inheritdoc/>
    public string Form => "array";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record)
    {
        var bytes = record.Bytes.Span;
        if (bytes is not [(byte)'[', ..])
            return false;
        var first = RecordText.SkipSpace(bytes, 1);
        return first < bytes.Length && bytes[first] == '{';
    }

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into)
    {
        foreach (var item in new JsonItems(record.Bytes))
            into.Pass(item);
    }
}
