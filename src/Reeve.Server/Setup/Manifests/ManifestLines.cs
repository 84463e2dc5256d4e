using Reeve.Detection.Yaml;

namespace Reeve.Server.Setup.Manifests;

/// <summary>The lines of a manifest, changed one at a time. Lines and columns are those of the parser, 1-based.</summary>
internal sealed class ManifestLines
{
    private readonly List<string> _lines;
    private readonly List<int> _origins;
    private readonly string _break;

    /// <exception cref="ManifestRefusedException">It has line breaks that a parser counts and an editor does not show.</exception>
    public ManifestLines(string text)
    {
        _break = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        _lines = [.. text.Split(_break)];
        _origins = [.. Enumerable.Range(1, _lines.Count)];
        var odd = _lines.FindIndex(line => line.AsSpan().ContainsAny("\r\n\u0085\u2028\u2029"));
        if (odd >= 0)
            throw new ManifestRefusedException(odd + 1, 1, "the lines end in different ways; make them all end alike");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(_break, _lines);

    /// <summary>The last line with content of a block.</summary>
    /// <param name="line">Its first line.</param>
    /// <param name="column">Where its dash or its key stands: all that is indented more belongs to it.</param>
    public int EndOf(int line, int column)
    {
        var end = line;
        for (var at = line; at < _lines.Count; at++)
        {
            var text = _lines[at].AsSpan().TrimStart(' ');
            if (text.IsWhiteSpace() || text[0] == '#')
                continue;
            if (_lines[at].Length - text.Length < column)
                break;
            end = at + 1;
        }

        return end;
    }

    /// <summary>Puts lines behind a line.</summary>
    public void InsertAfter(int line, params ReadOnlySpan<string> lines)
    {
        _lines.InsertRange(line, lines);
        _origins.InsertRange(line, Enumerable.Repeat(_origins[line - 1], lines.Length));
    }

    /// <summary>The line of the unchanged file that a line is from; of one that was put in, the one before it.</summary>
    public int OriginOf(int line) => _origins[Math.Min(line, _origins.Count) - 1];

    /// <summary>Gives a scalar another value, in the quotes it has.</summary>
    public void Replace(YamlScalar scalar, string value)
    {
        var (start, end) = Extent(scalar);
        var line = _lines[scalar.Line - 1];
        var quote = line[start] is '"' or '\'' ? line[start].ToString() : "";
        _lines[scalar.Line - 1] = $"{line[..start]}{quote}{value}{quote}{line[end..]}";
    }

    /// <summary>Takes an item of a list out; a comment behind it stays, on a line of its own.</summary>
    public void Remove(YamlScalar item, YamlSequence list)
    {
        var line = _lines[item.Line - 1];
        var rest = line[Extent(item).End..].Trim();
        if (ItemPrefix(item, list).Length == 0 || EndOf(item.Line, list.Column) != item.Line || (rest.Length > 0 && rest[0] != '#'))
            throw Refuse(item, "this item is not on a line of its own");
        if (rest.Length > 0)
        {
            _lines[item.Line - 1] = new string(' ', list.Column - 1) + rest;
            return;
        }

        _lines.RemoveAt(item.Line - 1);
        _origins.RemoveAt(item.Line - 1);
    }

    /// <summary>What stands before an item on its line: indentation, dash, space, and the quote where it has one.</summary>
    /// <exception cref="ManifestRefusedException">It is not on a line of its own.</exception>
    public string ItemPrefix(YamlNode item, YamlSequence list)
    {
        var line = _lines[item.Line - 1];
        var dash = list.Column - 1;
        if (dash >= line.Length || line[dash] != '-' || !line.AsSpan(0, dash).IsWhiteSpace() || !line.AsSpan(dash + 1, item.Column - dash - 2).IsWhiteSpace())
            throw Refuse(item, "this list is not written one item a line, each behind a dash; write it so");
        return line[..(item.Column - 1)];
    }

    /// <summary>The quote around a scalar; empty where there is none.</summary>
    public string QuoteOf(YamlScalar scalar) => _lines[scalar.Line - 1][Extent(scalar).Start] is var first && first is '"' or '\'' ? first.ToString() : "";

    /// <summary>Refuses a mapping that is not written one key a line.</summary>
    public void RequireBlock(YamlMapping mapping)
    {
        var line = _lines[mapping.Line - 1];
        if (mapping.Column > line.Length || line[mapping.Column - 1] == '{')
            throw Refuse(mapping, "this is written in braces; write it one key a line");
    }

    private (int Start, int End) Extent(YamlScalar scalar)
    {
        var line = _lines[scalar.Line - 1];
        var start = scalar.Column - 1;
        var end = start >= line.Length ? -1
            : line[start] is '"' or '\'' ? EndOfQuoted(line, start)
            : scalar is { IsPlain: true, Value.Length: > 0 } && line.AsSpan(start).StartsWith(scalar.Value, StringComparison.Ordinal) ? start + scalar.Value.Length
            : -1;
        return end < 0 ? throw Refuse(scalar, "this value is written over several lines or in a way that is not understood; write it on one line") : (start, end);
    }

    private static int EndOfQuoted(string line, int start)
    {
        for (var at = start + 1; at < line.Length; at++)
        {
            if (line[at] == '\\' && line[start] == '"')
                at++;
            else if (line[at] == line[start])
            {
                if (line[at] == '"' || at + 1 == line.Length || line[at + 1] != '\'')
                    return at + 1;
                at++;
            }
        }

        return -1;
    }

    private static ManifestRefusedException Refuse(YamlNode at, string message) => new(at.Line, at.Column, message);
}
