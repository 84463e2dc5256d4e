using Reeve.Audit.Reading;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// A JSON text under scrubbing: the record itself, or JSON inside one of its strings, unescaped. Positions of an inner
/// text lead back to the record, so that a value is replaced there and every other byte stays. Reusable.
/// </summary>
internal sealed class JsonLayer(int depth)
{
    private const int Kept = 1 << 20;

    private byte[] _text = [];
    private int[] _origins = [];
    private byte[] _key = [];
    private byte[] _value = [];

    public JsonTape Tape { get; } = new();

    /// <summary>0 for the record, 1 for JSON in one of its strings, and so on.</summary>
    public int Depth { get; } = depth;

    public int Length { get; private set; }

    /// <summary>Whether the text stands where no Secret's data belongs.</summary>
    public bool IsForeign { get; set; }

    /// <summary>The unescaped text of an inner layer.</summary>
    public ReadOnlySpan<byte> Inner => _text.AsSpan(0, Length);

    /// <summary>Unescapes the string text of the layer above that begins at <paramref name="start"/> in it.</summary>
    public void Fill(JsonLayer above, ReadOnlySpan<byte> aboveText, int start, int length)
    {
        if (_text.Length < length || _text.Length > Kept)
        {
            _text = new byte[length];
            _origins = new int[length + 1];
        }

        Length = JsonText.Unescape(aboveText.Slice(start, length), _text, _origins);
        for (var i = 0; i < Length; i++)
            _origins[i] = above.ToRecord(start + _origins[i]);
        _origins[Length] = above.ToRecord(start + length);
    }

    /// <summary>The position in the record of a position in this text.</summary>
    public int ToRecord(int position) => Depth == 0 ? position : _origins[position];

    /// <summary>A member's name, unescaped; valid until the next call.</summary>
    public ReadOnlySpan<byte> Key(ReadOnlySpan<byte> text, in JsonNode node) =>
        Unescape(text[node.KeyStart..node.KeyEnd], node.KeyEscaped, ref _key);

    /// <summary>A string's text, unescaped; valid until the next call.</summary>
    public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> text, in JsonNode node) =>
        Unescape(text[(node.Start + 1)..(node.End - 1)], node.Escaped, ref _value);

    /// <summary>The name behind which the text breaks off, unescaped; empty for none.</summary>
    public ReadOnlySpan<byte> OpenKey(ReadOnlySpan<byte> text) =>
        Unescape(text[Tape.OpenKey.Start..Tape.OpenKey.End], Tape.OpenKey.Escaped, ref _key);

    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text, bool escaped, ref byte[] into)
    {
        if (!escaped)
            return text;
        if (into.Length < text.Length || into.Length > Kept)
            into = new byte[text.Length];
        return into.AsSpan(0, JsonText.Unescape(text, into));
    }
}
