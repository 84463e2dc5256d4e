using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Reeve.Audit;

/// <summary>
/// What makes two events stages of one request, or one event delivered twice. The auditID alone decides neither: the
/// client chooses it. Each part is hashed behind its length, so that no two lists of parts look alike.
/// </summary>
public static class EventIdentity
{
    /// <summary>
    /// The first 128 bits of SHA-256 over cluster, auditID, requestReceivedTimestamp and requestURI: equal on all stages
    /// of a request. 0 for an event without auditID, which is a request of its own: the caller gives it a unique key.
    /// </summary>
    public static UInt128 RequestKey(string cluster, AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(auditEvent);
        var auditId = auditEvent[EventField.AuditId];
        return auditId.IsEmpty
            ? UInt128.Zero
            : Hash(cluster, auditId, auditEvent.Bytes(auditEvent.RequestReceivedText), auditEvent[EventField.RequestUri]);
    }

    /// <summary>
    /// The <see cref="RequestKey"/> that a stage of the same request gets when it was cut before its requestReceivedTimestamp, which stands
    /// behind the bodies. It is not unique: of two requests to one address a client can choose the auditID. 0 as there.
    /// </summary>
    public static UInt128 CutRequestKey(string cluster, AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(auditEvent);
        var auditId = auditEvent[EventField.AuditId];
        return auditId.IsEmpty ? UInt128.Zero : Hash(cluster, auditId, default, auditEvent[EventField.RequestUri]);
    }

    /// <summary>
    /// The first 128 bits of SHA-256 over cluster, auditID, stage and the SHA-256 of the event's JSON without its
    /// top-level <c>kind</c> and <c>apiVersion</c>: equal for a log line and the same item of a webhook's EventList.
    /// 0 for an event without auditID, which is never a duplicate.
    /// </summary>
    public static UInt128 Fingerprint(string cluster, AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(auditEvent);
        var auditId = auditEvent[EventField.AuditId];
        if (auditId.IsEmpty)
            return UInt128.Zero;
        Span<byte> content = stackalloc byte[SHA256.HashSizeInBytes];
        HashContent(auditEvent, content);
        return Hash(cluster, auditId, auditEvent[EventField.Stage], content);
    }

    private static void HashContent(AuditEvent auditEvent, Span<byte> hash)
    {
        var raw = auditEvent.Raw;
        var buffer = ArrayPool<byte>.Shared.Rent(raw.Length);
        var (first, second) = (auditEvent.KindMember, auditEvent.ApiVersionMember);
        if (first.Offset > second.Offset)
            (first, second) = (second, first);
        int length = 0, read = 0;
        foreach (var member in (ReadOnlySpan<Slice>)[first, second])
        {
            if (member.Length == 0)
                continue;
            raw[read..member.Offset].CopyTo(buffer.AsSpan(length));
            length += member.Offset - read;
            read = member.Offset + member.Length;
            // The comma behind a member goes with it; behind the last one there is none, then the one before it goes.
            if (read < raw.Length && raw[read] == ',')
                read++;
            else if (buffer[length - 1] == ',')
                length--;
        }

        raw[read..].CopyTo(buffer.AsSpan(length));
        SHA256.HashData(buffer.AsSpan(0, length + raw.Length - read), hash);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static UInt128 Hash(string cluster, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c)
    {
        var clusterLength = Encoding.UTF8.GetByteCount(cluster);
        var buffer = ArrayPool<byte>.Shared.Rent((4 * sizeof(int)) + clusterLength + a.Length + b.Length + c.Length);
        BinaryPrimitives.WriteInt32LittleEndian(buffer, clusterLength);
        var at = sizeof(int) + Encoding.UTF8.GetBytes(cluster, buffer.AsSpan(sizeof(int)));
        Put(buffer, a, ref at);
        Put(buffer, b, ref at);
        Put(buffer, c, ref at);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.AsSpan(0, at), hash);
        ArrayPool<byte>.Shared.Return(buffer);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private static void Put(Span<byte> buffer, ReadOnlySpan<byte> part, ref int at)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer[at..], part.Length);
        part.CopyTo(buffer[(at + sizeof(int))..]);
        at += sizeof(int) + part.Length;
    }
}
