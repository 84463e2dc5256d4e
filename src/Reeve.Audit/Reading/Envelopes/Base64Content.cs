using System.Buffers;
using System.Buffers.Text;

namespace Reeve.Audit.Reading.Envelopes;

/// <summary>A line of base64 (RFC 4648 §4) that holds gzip, as Kinesis and Firehose carry CloudWatch's payloads.</summary>
internal sealed class Base64Content : IEnvelope
{
    // Characters that stand for three bytes.
    private const int Group = 4;

    // The three bytes that begin every gzip stream.
    private static ReadOnlySpan<byte> GzipStart => "H4sI"u8;

    /// <inheritdoc/>
    public string Form => "base64";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record) => record.Bytes.Span.StartsWith(GzipStart);

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into) => Open(record.Bytes, into.Text(), null, into);

    /// <summary>Reads what a base64 text holds, unpacked where it is gzip; a text that is none is read as it stands.</summary>
    public static void Open(ReadOnlyMemory<byte> base64, EnvelopeText text, DateTime? sentAt, Unwrapping into, bool isCut = false)
    {
        var decoded = Decode(base64.Span);
        if (decoded.Length == 0)
        {
            // It must not be taken for base64 for ever.
            if (base64.Span.StartsWith(GzipStart))
                into.Keep(text, StreamKind.Audit);
            else
                into.Read(base64, isCut, text, sentAt);
        }
        else if (GzipContent.IsGzip(decoded))
            GzipContent.Open(decoded, text, sentAt, into);
        else
            into.Read(decoded, isCut, text, sentAt);
    }

    // Of a cut text the whole groups count; where more is no base64, the text is read as it stands.
    private static byte[] Decode(ReadOnlySpan<byte> base64)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        var status = Base64.DecodeFromUtf8(base64, bytes, out var read, out var written);
        return status == OperationStatus.InvalidData && base64.Length - read >= Group ? [] : bytes[..written];
    }
}
