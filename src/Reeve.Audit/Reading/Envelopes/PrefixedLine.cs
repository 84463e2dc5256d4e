using System.Buffers;
using System.Text;

namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// An event behind what a tool wrote before it on the line: time and stream of <c>aws logs tail</c>, the node of
/// <c>oc adm node-logs</c>, a container runtime's <c>TIME stdout F</c>, the header of a syslog line in a file.
/// </summary>
internal sealed class PrefixedLine : IEnvelope
{
    private const int Longest = 512;

    // A quote or a comma would make it a piece of JSON, which must not be taken for the words before one.
    private static readonly SearchValues<byte> InPrefix = SearchValues.Create(
        " \tABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:@()[]=<>|+*#%&~;$"u8);

    private static readonly SearchValues<byte> Alphanumeric = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);

    /// <inheritdoc/>
    public string Form => "prefix";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record) => LengthOf(record.Bytes.Span) is > 0 and var length && MayHoldEvent(record.Bytes.Span[length..]);

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into)
    {
        var length = LengthOf(record.Bytes.Span);
        var prefix = Encoding.UTF8.GetString(record.Bytes.Span[..length]).Trim();
        var words = prefix.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var time = TimeOf(words[0]);
        var kind = words.Select(CloudWatchStream.KindOf).FirstOrDefault(known => known != StreamKind.Unknown);
        into.Read(record.Bytes[length..], false, into.Text().Keep("prefix", prefix), time, kind == StreamKind.Unknown ? StreamKind.Audit : kind);
    }

    private static int LengthOf(ReadOnlySpan<byte> line)
    {
        var head = line[..Math.Min(line.Length, Longest)];
        if (head is not [not ((byte)'{' or (byte)'[' or (byte)'"'), ..])
            return 0;
        var json = head.IndexOf("{\""u8);
        if (json < 0)
            json = head.IndexOf(" AUDIT: id="u8) is > 0 and var mark ? head[..mark].LastIndexOf((byte)' ') + 1 : 0;
        return json > 0 && !head[..json].ContainsAnyExcept(InPrefix) && head[..json].ContainsAny(Alphanumeric) ? json : 0;
    }

    // Any log may have JSON in it; only what speaks of an audit event is worth taking apart.
    private static bool MayHoldEvent(ReadOnlySpan<byte> rest) =>
        rest.IndexOf("audit"u8) >= 0 || rest.IndexOf("\"verb"u8) >= 0 || rest.IndexOf("AUDIT: id="u8) >= 0
        || rest.IndexOf("protoPayload"u8) >= 0 || rest.IndexOf("logEvents"u8) >= 0;

    // `aws logs tail --format short` names no zone; it is UTC.
    private static DateTime? TimeOf(string word)
    {
        if (Timestamp.TryParse(Encoding.UTF8.GetBytes(word), out var utc) || Timestamp.TryParse(Encoding.UTF8.GetBytes(word + "Z"), out utc))
            return utc;
        return null;
    }
}
