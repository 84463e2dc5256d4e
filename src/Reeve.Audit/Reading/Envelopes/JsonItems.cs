namespace Reeve.Audit.Reading.Envelopes;

/// <summary>The items of a JSON array one by one; the last may be cut. Takes no memory for them.</summary>
/// <param name="json">The array; anything else has no items.</param>
internal struct JsonItems(ReadOnlyMemory<byte> json)
{
    private int _at = json.Span is [(byte)'[', ..] ? 1 : json.Length;

    /// <summary>The item the enumeration stands on.</summary>
    public JsonMember Current { get; private set; }

    /// <summary>Starts at the first.</summary>
    public readonly JsonItems GetEnumerator() => this;

    /// <summary>Goes to the next item; false behind the last.</summary>
    public bool MoveNext()
    {
        _at = RecordText.SkipSeparators(json.Span, _at);
        if (_at >= json.Length || json.Span[_at] == ']')
            return false;
        var scanner = new JsonScanner(json.Span[_at..]);
        var token = scanner.Read() ? scanner.Token : json.Span[_at] == '"' ? JsonToken.String : JsonToken.Null;
        var isWhole = scanner.Skip() && scanner.Complete;
        Current = new("", token, isWhole ? json.Slice(_at, scanner.End) : json[_at..], !isWhole);
        _at = isWhole ? _at + scanner.End : json.Length;
        return true;
    }
}
