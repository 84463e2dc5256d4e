namespace Reeve.Audit.Scrubbing.Patterns;

/// <summary>
/// The data of Secrets in a text that holds their manifest, as YAML or as JSON nobody could parse as such: a ConfigMap for
/// a deployment, a command that applies one.
/// </summary>
internal sealed class SecretManifests : SecretPattern
{
    public override SecretKind Kind => SecretKind.SecretObject;

    public override void Find(ReadOnlySpan<byte> text, List<SecretRange> into)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = text[start..].IndexOf("\n---"u8);
            var end = length < 0 ? text.Length : start + length + 1;
            if (text[start..end].IndexOf("Secret"u8) >= 0 && AsciiText.Contains(text[start..end], "kind"u8))
                FindData(text, start, end, into);
            start = end;
        }
    }

    private void FindData(ReadOnlySpan<byte> text, int start, int end, List<SecretRange> into)
    {
        for (var at = start; ;)
        {
            var found = AsciiText.IndexOf(text[at..end], "data"u8);
            if (found < 0)
                return;
            var name = at + found;
            at = name + 4;
            var isStringData = AsciiText.EndsWith(text[start..name], "string"u8);
            var first = isStringData ? name - 6 : name;
            if (first > start && AsciiText.IsName(text[first - 1]))
                continue;
            while (at < end && text[at] is (byte)'"' or (byte)'\\' or (byte)'\'')
                at++;
            if (at >= end || text[at] != ':')
                continue;
            at++;
            while (at < end && text[at] == ' ')
                at++;
            at = at < end && text[at] == '{' ? TakeBraces(text, at + 1, end, into) : TakeBlock(text, first, at, end, into);
        }
    }

    private int TakeBraces(ReadOnlySpan<byte> text, int from, int end, List<SecretRange> into)
    {
        var close = text[from..end].IndexOf((byte)'}');
        var to = close < 0 ? end : from + close;
        Add(text, from, to, into);
        return to;
    }

    // Every line indented more than `data`: a value behind its key, or a line of one.
    private int TakeBlock(ReadOnlySpan<byte> text, int name, int at, int end, List<SecretRange> into)
    {
        var indent = 0;
        while (name - indent > 0 && text[name - indent - 1] == ' ')
            indent++;
        while (at < end)
        {
            var length = text[at..end].IndexOf((byte)'\n');
            if (length < 0)
                return end;
            var line = at + length + 1;
            var first = line;
            while (first < end && text[first] == ' ')
                first++;
            if (first < end && text[first] != '\n' && first - line <= indent)
                return line - 1;
            var stop = text[first..end].IndexOfAny("\r\n"u8);
            stop = stop < 0 ? end : first + stop;
            TakeLine(text, first, stop, into);
            at = stop;
        }

        return end;
    }

    private void TakeLine(ReadOnlySpan<byte> text, int start, int end, List<SecretRange> into)
    {
        var key = start;
        while (key < end && (AsciiText.IsName(text[key]) || text[key] is (byte)'"' or (byte)'\''))
            key++;
        if (key < end && key > start && text[key] == ':' && (key + 1 == end || text[key + 1] == ' '))
            start = Math.Min(key + 2, end);
        if (end - start > 2 || text[start..end].IndexOfAny("|>"u8) < 0)
            Add(text, start, end, into);
    }
}
