using System.Buffers;

namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// An event as Elastic's Kubernetes integration stores it: under <c>kubernetes.audit</c>, with underscores for the dots
/// in the names of annotations, which get their dots back. A hit of a search (<c>_source</c>) too.
/// </summary>
internal sealed class ElasticAudit : IEnvelope
{
    /// <inheritdoc/>
    public string Form => "elastic";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record) => record.Members["_source"].IsObject || Audit(record.Members).IsObject;

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into)
    {
        if (record.Members["_source"] is { IsObject: true } source)
        {
            into.Read(source, into.Text().Keep(record.Members, "_source"));
            return;
        }

        var document = record.Members;
        var text = into.Text().Keep(document, "kubernetes", "event", "message").Keep(document["kubernetes"].Members, "audit");
        var audit = Audit(document);
        into.Read(WithDots(audit), audit.IsCut, text, document["@timestamp"].Time, StreamKind.Audit);
    }

    private static JsonMember Audit(JsonMembers document) => document["kubernetes"].Members["audit"];

    private static ReadOnlyMemory<byte> WithDots(JsonMember audit)
    {
        var annotations = audit.Members["annotations"];
        if (!annotations.IsObject || annotations.IsCut)
            return audit.Json;
        var renamed = new ArrayBufferWriter<byte>(audit.Json.Length);
        var json = audit.Json.Span;
        var (written, at) = (0, 0);
        json.Overlaps(annotations.Json.Span, out var begin);
        var scanner = new JsonScanner(annotations.Json.Span);
        scanner.Read();
        while (scanner.Read() && scanner.Token == JsonToken.Key)
        {
            // The part before the slash is a DNS name, which has no underscore of its own.
            var slash = scanner.Text.IndexOf((byte)'/');
            at = begin + scanner.Start + 1;
            if (slash > 0 && scanner.Text[..slash].Contains((byte)'_'))
            {
                renamed.Write(json[written..at]);
                json.Slice(at, slash).CopyTo(renamed.GetSpan(slash));
                renamed.GetSpan(slash)[..slash].Replace((byte)'_', (byte)'.');
                renamed.Advance(slash);
                written = at + slash;
            }

            if (!scanner.Read() || !scanner.Skip())
                break;
        }

        renamed.Write(json[written..]);
        return renamed.WrittenMemory;
    }
}
