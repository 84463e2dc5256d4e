namespace Reeve.Audit.Reading.Envelopes;

/// <summary>A JSON string that holds a record: an event that was quoted once more on its way.</summary>
internal sealed class JsonString : IEnvelope
{
    /// <inheritdoc/>
    public string Form => "string";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record) =>
        record.BeginsWith((byte)'"') && record.Bytes.Span[1..] is var text
        && (text.StartsWith("{"u8) || text.StartsWith("\\\""u8) || text.StartsWith("\\u0022"u8));

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into) =>
        into.Pass(new JsonMember("", JsonToken.String, record.Bytes, record.IsCut));
}
