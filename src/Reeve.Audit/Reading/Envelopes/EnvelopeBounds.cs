namespace Reeve.Audit.Reading.Envelopes;

/// <summary>How far a value that may be an envelope reaches.</summary>
internal static class EnvelopeBounds
{
    private const byte GzipFirst = 0x1F;

    /// <summary>
    /// JSON up to its end, or to where the next record begins; packed bytes to the end of all; other text is one line.
    /// </summary>
    public static int LengthOf(ReadOnlySpan<byte> bytes, ParsedRecord parsed)
    {
        switch (bytes[0])
        {
            case (byte)'{':
                return parsed.Cut ? RecordText.NextEvent(bytes, parsed.LastToken) : parsed.End;
            case (byte)'[' or (byte)'"' when !parsed.Cut:
                return parsed.End;
            case (byte)'[' or GzipFirst:
                return bytes.Length;
            default:
                var line = bytes.IndexOf((byte)'\n');
                return line < 0 ? bytes.Length : line;
        }
    }
}
