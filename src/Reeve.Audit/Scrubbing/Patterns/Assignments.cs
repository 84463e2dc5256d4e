using System.Buffers;

namespace Reeve.Audit.Scrubbing.Patterns;

/// <summary>
/// Values that are given a name which says secret: <c>PASSWORD=x</c>, <c>?access_token=x</c>, <c>AccountKey=x;</c>,
/// <c>password: x</c> in YAML, <c>"password":"x"</c> in JSON nobody could parse, and the variable
/// <c>name: DB_PASSWORD, value: x</c> in both.
/// </summary>
internal sealed class Assignments : SecretPattern
{
    private const int LongestName = 128;

    private static readonly SearchValues<byte> Signs = SearchValues.Create("=:"u8);
    private static readonly SearchValues<byte> ValueEnds = SearchValues.Create(" \t\r\n&;\"'\0"u8);
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n\0"u8);

    public override SecretKind Kind => SecretKind.NamedValue;

    public override void Find(ReadOnlySpan<byte> text, List<SecretRange> into)
    {
        for (int at = 0, floor = 0; at < text.Length;)
        {
            var found = text[at..].IndexOfAny(Signs);
            if (found < 0)
                return;
            var sign = at + found;
            var name = NameBefore(text, floor, sign, out var isQuoted);
            at = floor = sign + 1;
            if (text[sign] == '=')
                at = FindBehindEquals(text, name, sign, into);
            else if (isQuoted || StartsLine(text, name.Start.Value))
                at = FindBehindColon(text, name, sign, isQuoted, into);
            floor = Math.Max(floor, Math.Min(at, text.Length));
        }
    }

    private int FindBehindEquals(ReadOnlySpan<byte> text, Range name, int sign, List<SecretRange> into)
    {
        if (!SecretNames.IsVariable(text[name]) && !SecretNames.IsSignature(text[name]))
            return sign + 1;
        var start = SkipSpaces(text, sign + 1);
        var (from, end) = TryQuoted(text, start, out var quoted) ? quoted : (start, EndOfWord(text, start));
        return Take(text, from, end, sign, into);
    }

    private int FindBehindColon(ReadOnlySpan<byte> text, Range name, int sign, bool isQuoted, List<SecretRange> into)
    {
        var key = text[name];
        var start = SkipSpaces(text, sign + 1);
        // A URL's or an image's colon is followed by something else.
        if (!isQuoted && start == sign + 1 && start < text.Length && text[start] is not ((byte)'"' or (byte)'\'' or (byte)'\n' or (byte)'\r'))
            return sign + 1;
        var (from, end) = TryQuoted(text, start, out var quoted) ? quoted : (start, EndOfLine(text, name.Start.Value, start, isQuoted));
        var isValue = key.SequenceEqual("value"u8) && IsVariableBefore(text, name.Start.Value);
        if (isValue || SecretNames.IsMember(key))
            return Take(text, from, IsBlock(text, from, end) ? EndOfBlock(text, name.Start.Value, end) : end, sign, into);
        var isShort = key.SequenceEqual("token"u8) || key.SequenceEqual("auth"u8);
        return isShort && AuthorizationHeaders.IsCredential(text[from..end]) ? Take(text, from, end, sign, into) : sign + 1;
    }

    private int Take(ReadOnlySpan<byte> text, int start, int end, int sign, List<SecretRange> into)
    {
        if (start >= end || SecretPlaceholders.Is(text[start..end]))
            return sign + 1;
        Add(text, start, end, into);
        return end;
    }

    // The name may stand in quotes, and these behind backslashes.
    private static Range NameBefore(ReadOnlySpan<byte> text, int floor, int sign, out bool isQuoted)
    {
        var end = sign;
        while (end > floor && sign - end < 2 && text[end - 1] == ' ')
            end--;
        isQuoted = end > floor && text[end - 1] is (byte)'"' or (byte)'\'';
        if (isQuoted)
            end--;
        for (var i = 0; isQuoted && i < 15 && end > floor && text[end - 1] == '\\'; i++)
            end--;
        var start = end;
        while (start > floor && end - start < LongestName && AsciiText.IsName(text[start - 1]))
            start--;
        return start..end;
    }

    private static bool StartsLine(ReadOnlySpan<byte> text, int at)
    {
        while (at > 0 && text[at - 1] is (byte)' ' or (byte)'\t' or (byte)'-')
            at--;
        return at == 0 || text[at - 1] is (byte)'\n' or (byte)'\r' or (byte)'{' or (byte)',' or (byte)'"' or (byte)'\'' or 0
            || (at > 1 && text[at - 1] == 'n' && text[at - 2] == '\\');
    }

    private static int SkipSpaces(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
            at++;
        return at;
    }

    private static bool TryQuoted(ReadOnlySpan<byte> text, int at, out (int From, int End) quoted)
    {
        var backslashes = at;
        while (backslashes < text.Length && text[backslashes] == '\\')
            backslashes++;
        quoted = default;
        if (backslashes == text.Length || text[backslashes] is not ((byte)'"' or (byte)'\''))
            return false;
        var (quote, depth, from) = (text[backslashes], backslashes - at, backslashes + 1);
        for (var end = from; ; end++)
        {
            var found = text[end..].IndexOf(quote);
            if (found < 0)
            {
                quoted = (from, text.Length);
                return true;
            }

            end += found;
            var before = 0;
            while (before <= depth && end - before > from && text[end - before - 1] == '\\')
                before++;
            if (before <= depth)
            {
                quoted = (from, end - before);
                return true;
            }
        }
    }

    private static int EndOfWord(ReadOnlySpan<byte> text, int start)
    {
        var length = text[start..].IndexOfAny(ValueEnds);
        if (length < 0)
            return text.Length;
        var end = start + length;
        while (end > start && text[end] is (byte)'"' or (byte)'\'' && text[end - 1] == '\\')
            end--;
        return end;
    }

    private static int EndOfLine(ReadOnlySpan<byte> text, int name, int start, bool isFlow)
    {
        var length = text[start..].IndexOfAny(LineEnds);
        var end = length < 0 ? text.Length : start + length;
        // A header in a command's quotes ends with them; what is in quotes itself is JSON.
        if (isFlow && text[start..end].IndexOfAny(",}]\\"u8) is >= 0 and var close)
            end = start + close;
        else if (!isFlow && name > 0 && text[name - 1] is (byte)'"' or (byte)'\'' && text[start..end].IndexOf(text[name - 1]) is >= 0 and var quote)
            end = start + quote;
        if (text[start..end].IndexOf(" #"u8) is >= 0 and var comment)
            end = start + comment;
        while (end > start && AsciiText.IsSpace(text[end - 1]))
            end--;
        return end;
    }

    private static bool IsBlock(ReadOnlySpan<byte> text, int from, int end) =>
        from < end && end - from <= 3 && text[from] is (byte)'|' or (byte)'>';

    // A block of YAML ends before the first line that is not indented more than its name.
    private static int EndOfBlock(ReadOnlySpan<byte> text, int name, int at)
    {
        var indent = 0;
        while (name - indent > 0 && text[name - indent - 1] is (byte)' ' or (byte)'-')
            indent++;
        while (at < text.Length)
        {
            var line = at + 1;
            var next = line;
            while (next < text.Length && text[next] == ' ')
                next++;
            if (next < text.Length && next - line <= indent && text[next] is not ((byte)'\n' or (byte)'\r'))
                return at;
            var length = next < text.Length ? text[next..].IndexOf((byte)'\n') : -1;
            if (length < 0)
                return text.Length;
            at = next + length;
        }

        return text.Length;
    }

    // What stands right in front of `value`: "name":"DB_PASSWORD","value": or the same in lines of YAML. Where the text begins
    // with it, its own beginning is missing, and nobody can tell.
    private static bool IsVariableBefore(ReadOnlySpan<byte> text, int at)
    {
        for (var i = 0; i < 64 && at > 0 && text[at - 1] is (byte)'"' or (byte)'\'' or (byte)'\\' or (byte)',' or (byte)' ' or (byte)'\n' or (byte)'\r'; i++)
            at--;
        var start = at;
        while (start > 0 && at - start < LongestName && AsciiText.IsName(text[start - 1]))
            start--;
        return start == 0 || (start < at && SecretNames.IsVariable(text[start..at]));
    }
}
