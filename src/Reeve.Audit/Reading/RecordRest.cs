using System.Buffers.Text;
using System.Text;

namespace Reeve.Audit.Reading;

/// <summary>
/// What stands for the rest of a record whose beginning was read before: <c>…reeve:rest:BYTES:FINGERPRINT</c>, and
/// behind it the times of the event if they stand at its end, as the apiserver writes them:
/// <c>,"requestReceivedTimestamp":"…","stageTimestamp":"…"}</c>. They are kept only where nothing but the end of an
/// event looks like that.
/// </summary>
internal static class RecordRest
{
    // RFC 3339 with nine digits of a second, in UTC.
    private const int LongestTime = 30;
    private const int LongestTimes = 128;

    private static ReadOnlySpan<byte> Prefix => "…reeve:rest:"u8;

    /// <summary>The bytes that stand for <paramref name="rest"/>.</summary>
    public static byte[] Replace(ReadOnlySpan<byte> rest, ulong fingerprint, RecordTail tail)
    {
        var mark = Encoding.UTF8.GetBytes($"…reeve:rest:{rest.Length}:{fingerprint:x16}");
        if (tail.Bytes > 0)
            return [.. mark, .. tail.ToMark()];
        var times = Times(rest);
        return times.IsEmpty ? mark : [.. mark, .. times, (byte)'}'];
    }

    /// <summary>Whether bytes stand for a rest; <paramref name="times"/> is the position behind the mark.</summary>
    public static bool TryRead(ReadOnlySpan<byte> raw, out int times)
    {
        times = 0;
        if (!raw.StartsWith(Prefix))
            return false;
        var mark = raw[Prefix.Length..];
        if (!Utf8Parser.TryParse(mark, out long bytes, out var used) || bytes < 0 || mark.Length < used + 17 || mark[used] != ':'
            || !Utf8Parser.TryParse(mark.Slice(used + 1, 16), out ulong _, out var digits, 'x') || digits != 16)
            return false;
        times = Prefix.Length + used + 17;
        return true;
    }

    private static ReadOnlySpan<byte> Times(ReadOnlySpan<byte> rest)
    {
        var at = rest.LastIndexOf(",\"requestReceivedTimestamp\":\""u8);
        if (at >= 0 && TryReadTimes(rest, at, out var end))
            return rest[at..end];
        at = rest.LastIndexOf(",\"stageTimestamp\":\""u8);
        return at >= 0 && TryReadTimes(rest, at, out end) ? rest[at..end] : default;
    }

    // Behind the times only the event's annotations may follow, and then its end, which is the end of the bytes.
    private static bool TryReadTimes(ReadOnlySpan<byte> rest, int at, out int end)
    {
        end = at;
        var hasAnnotations = false;
        var scanner = new JsonScanner(rest, at);
        while (scanner.Read() && scanner.Token == JsonToken.Key)
        {
            var name = scanner.Text;
            if (!scanner.Read())
                return false;
            if (name.SequenceEqual("annotations"u8))
            {
                hasAnnotations = true;
                if (scanner.Token != JsonToken.StartObject || !scanner.Skip())
                    return false;
                continue;
            }

            if (hasAnnotations || scanner.Token != JsonToken.String
                || !(name.SequenceEqual("requestReceivedTimestamp"u8) || name.SequenceEqual("stageTimestamp"u8))
                || scanner.Text.Length > LongestTime || !Timestamp.TryParse(scanner.Text, out _))
                return false;
            end = scanner.End;
        }

        return scanner.Complete && scanner.End == rest.Length && end - at <= LongestTimes;
    }
}
