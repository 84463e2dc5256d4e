namespace Reeve.Audit.Reading;

/// <summary>What stands around and between the values of a record.</summary>
internal static class RecordText
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    // As the apiserver's log backend begins a line; inside a string its quotes would be escaped.
    private static ReadOnlySpan<byte> LineStart => "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/"u8;

    /// <summary>Takes white space, and a byte order mark at the beginning, away.</summary>
    public static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> record)
    {
        var bytes = record.Span;
        var start = bytes.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        var end = bytes.Length;
        while (start < end && IsSpace(bytes[start]))
            start++;
        while (end > start && IsSpace(bytes[end - 1]))
            end--;
        return record[start..end];
    }

    /// <summary>
    /// Does the same; bytes that hold nothing but brackets and commas of an array are white space too, as where an array
    /// was written with one item a line.
    /// </summary>
    public static ReadOnlyMemory<byte> TrimSeparators(ReadOnlyMemory<byte> record)
    {
        record = Trim(record);
        return record.Span.TrimStart("[], \t\r\n"u8).IsEmpty ? default : record;
    }

    /// <summary>The position of the next byte that is no white space; the length of the bytes if there is none.</summary>
    public static int SkipSpace(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length && IsSpace(bytes[at]))
            at++;
        return at;
    }

    /// <summary>The position of the next list item or bracket.</summary>
    public static int SkipSeparators(ReadOnlySpan<byte> list, int at)
    {
        while (at < list.Length && (IsSpace(list[at]) || list[at] == ','))
            at++;
        return at;
    }

    /// <summary>
    /// Where the next record begins in bytes whose first value breaks off behind <paramref name="lastToken"/>: a line
    /// that was glued to a half one, or the next line of a body. The length of the bytes if there is none.
    /// </summary>
    public static int NextEvent(ReadOnlySpan<byte> bytes, int lastToken)
    {
        var from = Math.Max(1, lastToken);
        if (from >= bytes.Length)
            return bytes.Length;
        // A line's end first: what is glued matters only before it, so that many short pieces cost no more than their bytes.
        var line = bytes[from..].IndexOf("\n{"u8);
        var end = line < 0 ? bytes.Length : from + line + 1;
        var glued = bytes[from..Math.Min(bytes.Length, end + LineStart.Length)].IndexOf(LineStart);
        return glued < 0 ? end : Math.Min(end, from + glued);
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';
}
