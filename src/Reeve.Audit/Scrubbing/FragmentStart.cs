using Reeve.Audit.Reading;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// The beginning of a piece of an event: the rest of the text and of the object or array that the piece before it left open. Nobody can
/// tell whose values stand there, so its texts become fingerprints, up to where it closes. Objects within are whole, and searched as
/// anywhere; times stay, and what has a slash in its name, which no key of a Secret has. JSON inside a string is read as such. Reusable; not thread-safe.
/// </summary>
internal sealed class FragmentStart(ScrubKey key, ScrubEdits edits)
{
    private readonly List<(int Start, int End)> _texts = [];

    // A quote inside n strings stands behind 2^n - 1 backslashes; -1 before the first quote.
    private int _backslashes;

    /// <summary>Notes the texts of a record that nothing could parse.</summary>
    public void Run(ReadOnlySpan<byte> record)
    {
        if (record.IsEmpty || record[0] is (byte)'{' or (byte)'[')
            return;
        _texts.Clear();
        _backslashes = -1;
        // A text of its own may begin with a quote, as a line of a table does: only a name or an end shows a piece of JSON.
        if (!Walk(record, TakeHead(record)))
            return;
        foreach (var (start, end) in _texts)
            Note(record, start, end);
    }

    // Where the piece begins within a text: its rest.
    private int TakeHead(ReadOnlySpan<byte> record)
    {
        var quote = record.IndexOf((byte)'"');
        if (quote < 0 || quote + 1 >= record.Length || !",:}]"u8.Contains(record[quote + 1]))
            return 0;
        var before = BackslashesBefore(record, quote, 0);
        _backslashes = before & ~(before + 1);
        Note(record, 0, quote - before);
        return quote + 1;
    }

    // Whether there was a name or an end.
    private bool Walk(ReadOnlySpan<byte> record, int at)
    {
        var isJson = false;
        var stays = false;
        while (at < record.Length)
        {
            switch (record[at])
            {
                case (byte)'}' or (byte)']':
                    return true;
                case (byte)'{' or (byte)'[':
                    at = SkipContainer(record, at);
                    break;
                case (byte)'"' or (byte)'\\':
                    if (!TryTake(record, ref at, out var start, out var end))
                        return isJson;
                    var isName = RecordText.SkipSpace(record, at) is var next && next < record.Length && record[next] == ':';
                    isJson |= isName;
                    if (!isName && !stays && start < end && !Timestamp.TryParse(record[start..end], out _))
                        _texts.Add((start, end));
                    stays = isName && record[start..end].Contains((byte)'/');
                    break;
                default:
                    if (!" \t\r\n,:0123456789+-.Eaeflnrstu"u8.Contains(record[at]))
                        return isJson;
                    at++;
                    break;
            }
        }

        return isJson;
    }

    // A text, or a line break in JSON inside a string; `at` behind it.
    private bool TryTake(ReadOnlySpan<byte> record, ref int at, out int start, out int end)
    {
        var quote = at;
        while (quote < record.Length && record[quote] == '\\')
            quote++;
        (start, end) = (quote + 1, quote + 1);
        if (quote == record.Length)
            return false;
        if (record[quote] is (byte)'n' or (byte)'r' or (byte)'t')
        {
            (start, end, at) = (quote, quote, quote + 1);
            return true;
        }

        if (record[quote] != '"')
            return false;
        if (_backslashes < 0)
            _backslashes = (quote - at) & ~(quote - at + 1);
        if (quote - at != _backslashes)
            return false;
        end = EndOfText(record, start, out at);
        return true;
    }

    private int EndOfText(ReadOnlySpan<byte> record, int start, out int behind)
    {
        for (var from = start; ;)
        {
            var found = record[from..].IndexOf((byte)'"');
            if (found < 0)
                return behind = record.Length;
            var quote = from + found;
            // Fewer: the end of the string that holds the JSON.
            var before = BackslashesBefore(record, quote, start);
            if ((before & ((2 * _backslashes) + 1)) == _backslashes || before < _backslashes)
            {
                behind = quote + 1;
                return quote - Math.Min(before, _backslashes);
            }

            from = quote + 1;
        }
    }

    private int SkipContainer(ReadOnlySpan<byte> record, int at)
    {
        for (var depth = 0; at < record.Length;)
        {
            switch (record[at])
            {
                case (byte)'{' or (byte)'[':
                    depth++;
                    at++;
                    break;
                case (byte)'}' or (byte)']':
                    at++;
                    if (--depth == 0)
                        return at;
                    break;
                case (byte)'"' or (byte)'\\':
                    if (!TryTake(record, ref at, out _, out _))
                        return record.Length;
                    break;
                default:
                    at++;
                    break;
            }
        }

        return record.Length;
    }

    private static int BackslashesBefore(ReadOnlySpan<byte> record, int quote, int from) =>
        quote - from - record[from..quote].TrimEnd((byte)'\\').Length;

    private void Note(ReadOnlySpan<byte> record, int start, int end)
    {
        if (start < end && !FingerprintText.Is(record[start..end]))
            edits.Add(new ScrubEdit(start, end, key.Fingerprint(record[start..end]), end - start, -1));
    }
}
