using System.Text;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// Finds what may be a secret in bytes without a readable structure: runs of at least 16 characters of base64, base64url
/// or a JWT, and PEM blocks. JSON escapes and percent-encoding inside a run belong to it.
/// </summary>
internal sealed class SecretRuns(ScrubKey key, ScrubEdits edits)
{
    private const int Shortest = 16;

    private static ReadOnlySpan<byte> PemBegin => "-----BEGIN "u8;

    private static ReadOnlySpan<byte> PemEnd => "-----END "u8;

    /// <summary>Notes the runs from <paramref name="from"/> on.</summary>
    public void Run(ReadOnlySpan<byte> record, int from)
    {
        var at = from;
        while (at < record.Length)
        {
            if (record[at] == '-' && record[at..].StartsWith(PemBegin))
            {
                var end = EndOfPem(record, at);
                Note(record, at, end);
                at = end;
                continue;
            }

            var length = Measure(record, at, out var characters);
            if (length == 0)
            {
                at += StepOver(record[at..]);
                continue;
            }

            if (characters >= Shortest && !IsFingerprint(record, at, length))
                Note(record, at, at + length);
            at += length;
        }
    }

    private void Note(ReadOnlySpan<byte> record, int start, int end) =>
        edits.Add(new ScrubEdit(start, end, key.Fingerprint(record[start..end]), end - start, -1));

    private static bool IsFingerprint(ReadOnlySpan<byte> record, int at, int length) =>
        length == FingerprintText.Length - FingerprintText.Prefix.Length
        && record[..at].EndsWith(FingerprintText.Prefix) && FingerprintText.IsHex(record.Slice(at, length));

    private static int EndOfPem(ReadOnlySpan<byte> record, int at)
    {
        var close = record[at..].IndexOf(PemEnd);
        if (close < 0)
            return record.Length;
        close += at + PemEnd.Length;
        var dashes = record[close..].IndexOf("-----"u8);
        return dashes < 0 ? record.Length : close + dashes + 5;
    }

    private static int Measure(ReadOnlySpan<byte> record, int at, out int characters)
    {
        characters = 0;
        var start = at;
        var isJwt = record[at..].StartsWith("eyJ"u8);
        var isPadding = false;
        while (at < record.Length)
        {
            if (record[at] == '-' && record[at..].StartsWith(PemBegin))
                break;
            var step = Step(record[at..], isJwt, characters >= Shortest, out var character);
            // Padding ends a value: what follows in `key=value` is one of its own.
            if (step == 0 || (character == '=' ? characters == 0 : isPadding && character != 0))
                break;
            at += step;
            isPadding |= character == '=';
            characters += character == 0 ? 0 : 1;
        }

        return at - start;
    }

    // The length of the next character of a run as it is written, 0 if it is none; `character` 0 for a line break in it.
    private static int Step(ReadOnlySpan<byte> text, bool isJwt, bool isLong, out byte character)
    {
        character = text[0];
        if (IsRunCharacter(character) || (character == '.' && isJwt))
            return 1;
        // A long value may be wrapped.
        if (isLong && character is (byte)'\n' or (byte)'\r')
        {
            character = 0;
            return 1;
        }

        var step = 0;
        if (text[0] == '%')
            step = text.Length >= 3 && TryHex(text.Slice(1, 2), out character) ? 3 : 0;
        else if (text[0] == '\\')
            step = Escape(text, out character);
        if (step > 0 && IsRunCharacter(character))
            return step;
        var isBreak = character is (byte)'\n' or (byte)'\r';
        character = 0;
        return isBreak ? step : 0;
    }

    // At the beginning of an escape that is no part of a run, its letters are not the beginning of one either.
    private static int StepOver(ReadOnlySpan<byte> text) => text[0] == '\\' ? Math.Max(1, Escape(text, out _)) : 1;

    private static int Escape(ReadOnlySpan<byte> text, out byte escaped)
    {
        escaped = 0;
        var backslashes = text.IndexOfAnyExcept((byte)'\\');
        if (backslashes <= 0)
            return text.Length;
        switch (text[backslashes])
        {
            case (byte)'n': escaped = (byte)'\n'; return backslashes + 1;
            case (byte)'r': escaped = (byte)'\r'; return backslashes + 1;
            case (byte)'/': escaped = (byte)'/'; return backslashes + 1;
            case (byte)'u' when text.Length >= backslashes + 5:
                if (text[backslashes + 1] == '0' && text[backslashes + 2] == '0')
                    TryHex(text.Slice(backslashes + 3, 2), out escaped);
                return backslashes + 5;
            default:
                return backslashes + 1;
        }
    }

    private static bool TryHex(ReadOnlySpan<byte> digits, out byte value)
    {
        Span<byte> bytes = stackalloc byte[1];
        var done = Convert.FromHexString(digits, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        value = done ? bytes[0] : (byte)0;
        return done;
    }

    private static bool IsRunCharacter(byte b) =>
        char.IsAsciiLetterOrDigit((char)b) || b is (byte)'+' or (byte)'/' or (byte)'=' or (byte)'-' or (byte)'_';
}
