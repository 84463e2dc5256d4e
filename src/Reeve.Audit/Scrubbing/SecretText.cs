using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing.Patterns;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// A text as a person would read it, made of a string, a URL or the words of a command, with the way back to the record.
/// Finds the secrets in it by the <see cref="SecretPattern"/>s. Reusable.
/// </summary>
internal sealed class SecretText(ScrubKey key, ScrubEdits edits)
{
    private const int Kept = 1 << 20;

    private readonly List<SecretRange> _ranges = [];
    private byte[] _text = new byte[1024];
    private int[] _origins = new int[1025];

    // Where the text is one piece of the record as it stands there: its first position; else -1, and each byte has its own.
    private int _straightFrom = -1;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Text => _text.AsSpan(0, Length);

    public void Clear()
    {
        (Length, _straightFrom) = (0, -1);
        if (_text.Length <= Kept)
            return;
        (_text, _origins) = (new byte[1024], new int[1025]);
    }

    /// <summary>Adds the text of a string that stands from <paramref name="start"/> on between its quotes.</summary>
    public void AppendString(JsonLayer layer, ReadOnlySpan<byte> layerText, int start, int length, bool escaped)
    {
        if (Length == 0 && !escaped && layer.Depth == 0)
        {
            Reserve(length);
            layerText.Slice(start, length).CopyTo(_text);
            (Length, _straightFrom) = (length, start);
            return;
        }

        Trace();
        Reserve(length);
        var into = _text.AsSpan(Length);
        var origins = _origins.AsSpan(Length);
        var written = length;
        if (escaped)
            written = JsonText.Unescape(layerText.Slice(start, length), into, origins);
        else
        {
            layerText.Slice(start, length).CopyTo(into);
            for (var i = 0; i < length; i++)
                origins[i] = i;
        }

        for (var i = 0; i < written; i++)
            origins[i] = layer.ToRecord(start + origins[i]);
        origins[written] = layer.ToRecord(start + length);
        Length += written;
    }

    /// <summary>Adds the zero byte that parts words; what ends before it ends at <paramref name="recordPosition"/>.</summary>
    public void AppendBreak(int recordPosition)
    {
        Trace();
        Reserve(1);
        _text[Length] = 0;
        _origins[Length++] = recordPosition;
        _origins[Length] = recordPosition;
    }

    /// <summary>Decodes what is percent-encoded (RFC 3986 §2.1), and in a URL's query the plus and the parts too.</summary>
    public void DecodeUrl(bool isUrl)
    {
        Trace();
        var written = 0;
        var inQuery = false;
        for (var read = 0; read < Length; written++)
        {
            var (b, step) = (_text[read], 1);
            if (b == '%' && read + 2 < Length && TryHex(_text[read + 1], _text[read + 2], out var decoded))
                (b, step) = (decoded, 3);
            else if (isUrl && inQuery)
                b = b switch { (byte)'+' => (byte)' ', (byte)'&' => 0, _ => b };
            else if (b == '?')
                (b, inQuery) = (isUrl ? (byte)0 : b, true);
            (_text[written], _origins[written]) = (b, _origins[read]);
            read += step;
        }

        _origins[written] = _origins[Length];
        Length = written;
    }

    /// <summary>Notes every secret in it; what kinds there were.</summary>
    /// <param name="withLength">Whether each gets its length in the record, as in bytes nobody could parse.</param>
    public SecretKind Scrub(bool withLength = false)
    {
        _ranges.Clear();
        foreach (var pattern in SecretPattern.All)
            pattern.Find(Text, _ranges);
        if (_ranges.Count == 0)
            return SecretKind.None;
        _ranges.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        var kinds = SecretKind.None;
        for (var i = 0; i < _ranges.Count;)
        {
            var (start, end, kind) = _ranges[i];
            for (i++; i < _ranges.Count && _ranges[i].Start < end; i++)
                (end, kind) = (Math.Max(end, _ranges[i].End), kind | _ranges[i].Kind);
            var (from, to) = (ToRecord(start), ToRecord(end));
            edits.Add(new ScrubEdit(from, to, key.Fingerprint(Text[start..end]), withLength ? to - from : -1, -1));
            kinds |= kind;
        }

        return kinds;
    }

    private int ToRecord(int position) => _straightFrom < 0 ? _origins[position] : _straightFrom + position;

    // Before the text is more than one piece of the record.
    private void Trace()
    {
        if (_straightFrom < 0)
            return;
        for (var i = 0; i <= Length; i++)
            _origins[i] = _straightFrom + i;
        _straightFrom = -1;
    }

    private void Reserve(int more)
    {
        if (_text.Length >= Length + more + 1)
            return;
        var room = Math.Max(_text.Length * 2, Length + more + 1);
        Array.Resize(ref _text, room);
        Array.Resize(ref _origins, room + 1);
    }

    private static bool TryHex(byte high, byte low, out byte value)
    {
        var (upper, lower) = (JsonText.HexValue(high), JsonText.HexValue(low));
        value = (byte)((upper << 4) | lower);
        return (upper | lower) <= 15;
    }
}
