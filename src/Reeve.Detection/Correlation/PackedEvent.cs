using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Reeve.Detection.Correlation;

/// <summary>
/// An <see cref="EventReference"/> in one array, of which a million can be kept: numbers first, the auditID as its 16 bytes where it is a
/// UUID, texts as UTF-8 after their lengths.
/// </summary>
internal static class PackedEvent
{
    // Of names and paths that are chosen by whoever sends the request.
    private const int MostChars = 1024;
    private const int Fixed = 8 + 8 + 16 + 8 + 1;
    private const byte Uuid = 0x80;
    private const byte OtherStage = 0x7F;

    private static readonly string[] Stages = ["", "RequestReceived", "ResponseStarted", "ResponseComplete", "Panic"];

    /// <summary>Packs an event. Texts of more than 1,024 characters are cut.</summary>
    public static byte[] Pack(EventReference reference)
    {
        var stage = Array.IndexOf(Stages, reference.Stage);
        var uuid = Guid.TryParseExact(reference.AuditId, "D", out var id) && id.ToString("D") == reference.AuditId;
        ReadOnlySpan<string> texts =
        [
            Bounded(reference.File), Bounded(reference.Cluster), Bounded(reference.Actor), Bounded(reference.Object),
            uuid ? "" : Bounded(reference.AuditId), stage >= 0 ? "" : Bounded(reference.Stage),
        ];
        var length = Fixed + (uuid ? 16 : 0);
        foreach (var text in texts)
            length += 2 + Encoding.UTF8.GetByteCount(text);
        var packed = new byte[length];
        BinaryPrimitives.WriteUInt64LittleEndian(packed, reference.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(8), reference.Time.Ticks);
        BinaryPrimitives.WriteUInt128LittleEndian(packed.AsSpan(16), reference.RequestKey);
        BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(32), reference.Line);
        packed[40] = (byte)((uuid ? Uuid : 0) | (stage >= 0 ? stage : OtherStage));
        var rest = packed.AsSpan(Fixed);
        if (uuid)
        {
            id.TryWriteBytes(rest);
            rest = rest[16..];
        }

        foreach (var text in texts)
        {
            var written = Encoding.UTF8.GetBytes(text, rest[2..]);
            BinaryPrimitives.WriteUInt16LittleEndian(rest, (ushort)written);
            rest = rest[(2 + written)..];
        }

        return packed;
    }

    /// <summary>Unpacks what <see cref="Pack"/> made.</summary>
    public static EventReference Unpack(ReadOnlySpan<byte> packed)
    {
        var kind = packed[40];
        var rest = packed[Fixed..];
        var uuid = (kind & Uuid) != 0 ? new Guid(rest[..16]).ToString("D") : null;
        if (uuid is not null)
            rest = rest[16..];
        var (file, cluster, actor, @object, auditId, stage) = (Next(ref rest), Next(ref rest), Next(ref rest), Next(ref rest), Next(ref rest), Next(ref rest));
        return new EventReference(
            Sequence(packed), Time(packed), BinaryPrimitives.ReadUInt128LittleEndian(packed[16..]), uuid ?? auditId,
            (kind & ~Uuid) == OtherStage ? stage : Stages[kind & ~Uuid], file, BinaryPrimitives.ReadInt64LittleEndian(packed[32..]), cluster, actor, @object);
    }

    /// <summary>Its number.</summary>
    public static ulong Sequence(ReadOnlySpan<byte> packed) => BinaryPrimitives.ReadUInt64LittleEndian(packed);

    /// <summary>Its time, UTC.</summary>
    public static DateTime Time(ReadOnlySpan<byte> packed) => new(BinaryPrimitives.ReadInt64LittleEndian(packed[8..]), DateTimeKind.Utc);

    /// <summary>Whether these bytes can be unpacked.</summary>
    public static bool IsValid(ReadOnlySpan<byte> packed)
    {
        if (packed.Length < Fixed || (ulong)BinaryPrimitives.ReadInt64LittleEndian(packed[8..]) > (ulong)DateTime.MaxValue.Ticks)
            return false;
        var kind = packed[40] & ~Uuid;
        if (kind >= Stages.Length && kind != OtherStage)
            return false;
        var rest = packed[Fixed..];
        if ((packed[40] & Uuid) != 0)
        {
            if (rest.Length < 16)
                return false;
            rest = rest[16..];
        }

        for (var text = 0; text < 6; text++)
        {
            if (rest.Length < 2 || BinaryPrimitives.ReadUInt16LittleEndian(rest) is var length && length > rest.Length - 2)
                return false;
            if (!Utf8.IsValid(rest.Slice(2, length)))
                return false;
            rest = rest[(2 + length)..];
        }

        return rest.IsEmpty;
    }

    private static string Bounded(string text) => text.Length <= MostChars ? text : string.Concat(text.AsSpan(0, MostChars), "…");

    private static string Next(ref ReadOnlySpan<byte> rest)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        var text = Encoding.UTF8.GetString(rest.Slice(2, length));
        rest = rest[(2 + length)..];
        return text;
    }
}
