using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
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
    private const int MostFileChars = 4096;
    private const int Fixed = 8 + 8 + 16 + 8 + 1;
    private const byte Uuid = 0x80;
    private const byte OtherStage = 0x7F;

    private static readonly string[] Stages = ["", "RequestReceived", "ResponseStarted", "ResponseComplete", "Panic"];

    /// <summary>Packs an event. Texts of more than 1,024 characters are cut.</summary>
    public static byte[] Pack(EventReference reference) => Pack(
        new Numbers(reference.Sequence, reference.Time, reference.RequestKey, reference.Line), Encoding.UTF8.GetBytes(reference.File), Encoding.UTF8.GetBytes(reference.Cluster),
        Encoding.UTF8.GetBytes(reference.Actor), Encoding.UTF8.GetBytes(reference.Object), Encoding.UTF8.GetBytes(reference.AuditId), Encoding.UTF8.GetBytes(reference.Stage));

    /// <summary>The same of texts as UTF-8.</summary>
    public static byte[] Pack(
        in Numbers numbers, ReadOnlySpan<byte> file, ReadOnlySpan<byte> cluster, ReadOnlySpan<byte> actor, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> auditId, ReadOnlySpan<byte> stage)
    {
        var place = StageOf(stage);
        var uuid = TryParseUuid(auditId, out var id);
        file = Bounded(file, MostFileChars);
        cluster = Bounded(cluster);
        actor = Bounded(actor);
        @object = Bounded(@object);
        auditId = uuid ? [] : Bounded(auditId);
        stage = place >= 0 ? [] : Bounded(stage);
        var length = Fixed + (uuid ? 16 : 0) + (6 * 2) + file.Length + cluster.Length + actor.Length + @object.Length + auditId.Length + stage.Length;
        var packed = GC.AllocateUninitializedArray<byte>(length);
        BinaryPrimitives.WriteUInt64LittleEndian(packed, numbers.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(8), numbers.Time.Ticks);
        BinaryPrimitives.WriteUInt128LittleEndian(packed.AsSpan(16), numbers.RequestKey);
        BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(32), numbers.Line);
        packed[40] = (byte)((uuid ? Uuid : 0) | (place >= 0 ? place : OtherStage));
        var rest = packed.AsSpan(Fixed);
        if (uuid)
        {
            id.TryWriteBytes(rest);
            rest = rest[16..];
        }

        Write(file, ref rest);
        Write(cluster, ref rest);
        Write(actor, ref rest);
        Write(@object, ref rest);
        Write(auditId, ref rest);
        Write(stage, ref rest);
        return packed;
    }

    /// <summary>Unpacks what <see cref="Pack(EventReference)"/> made.</summary>
    public static EventReference Unpack(ReadOnlySpan<byte> packed)
    {
        var kind = packed[40];
        var rest = packed[Fixed..];
        var uuid = (kind & Uuid) != 0 ? new Guid(rest[..16]).ToString("D") : null;
        if (uuid is not null)
            rest = rest[16..];
        var (file, cluster, actor, @object, auditId, stage) = (Text(ref rest), Text(ref rest), Text(ref rest), Text(ref rest), Text(ref rest), Text(ref rest));
        return new EventReference(
            Sequence(packed), Time(packed), RequestKey(packed), uuid ?? auditId,
            (kind & ~Uuid) == OtherStage ? stage : Stages[kind & ~Uuid], file, BinaryPrimitives.ReadInt64LittleEndian(packed[32..]), cluster, actor, @object);
    }

    /// <summary>Its number.</summary>
    public static ulong Sequence(ReadOnlySpan<byte> packed) => BinaryPrimitives.ReadUInt64LittleEndian(packed);

    /// <summary>Its time, UTC.</summary>
    public static DateTime Time(ReadOnlySpan<byte> packed) => new(BinaryPrimitives.ReadInt64LittleEndian(packed[8..]), DateTimeKind.Utc);

    /// <summary>Equal on all stages of its request; 0 for events that are a request each.</summary>
    public static UInt128 RequestKey(ReadOnlySpan<byte> packed) => BinaryPrimitives.ReadUInt128LittleEndian(packed[16..]);

    /// <summary>Its auditID, where it is a UUID, and which of the known stages, from 1 on; 0 without one, another number for another.</summary>
    public static bool TryReadUuid(ReadOnlySpan<byte> packed, out UInt128 id, out int stage)
    {
        var isUuid = (packed[40] & Uuid) != 0;
        (id, stage) = (isUuid ? BinaryPrimitives.ReadUInt128LittleEndian(packed[Fixed..]) : 0, packed[40] & ~Uuid);
        return isUuid;
    }

    /// <summary>Who it counts for and what it was about.</summary>
    public static (string Actor, string Object) Names(ReadOnlySpan<byte> packed)
    {
        var rest = packed[(Fixed + ((packed[40] & Uuid) != 0 ? 16 : 0))..];
        Next(ref rest);
        Next(ref rest);
        return (Text(ref rest), Text(ref rest));
    }

    /// <summary>Whether a text of this many bytes is packed whole, whatever they are.</summary>
    public static bool IsWhole(int bytes) => bytes <= MostChars;

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

    // The apiserver's own writing, so that it is the same when it is unpacked.
    private static bool TryParseUuid(ReadOnlySpan<byte> text, out Guid id)
    {
        id = default;
        Span<byte> again = stackalloc byte[36];
        return text.Length == again.Length && Utf8Parser.TryParse(text, out id, out var read, 'D') && read == again.Length
            && id.TryFormat(again, out _, "D") && again.SequenceEqual(text);
    }

    private static int StageOf(ReadOnlySpan<byte> stage) => stage switch
    {
        _ when stage.IsEmpty => 0,
        _ when stage.SequenceEqual("RequestReceived"u8) => 1,
        _ when stage.SequenceEqual("ResponseStarted"u8) => 2,
        _ when stage.SequenceEqual("ResponseComplete"u8) => 3,
        _ when stage.SequenceEqual("Panic"u8) => 4,
        _ => -1,
    };

    private static ReadOnlySpan<byte> Bounded(ReadOnlySpan<byte> text, int most = MostChars)
    {
        if (text.Length <= most || Encoding.UTF8.GetCharCount(text) <= most)
            return text;
        return Encoding.UTF8.GetBytes(string.Concat(Encoding.UTF8.GetString(text).AsSpan(0, most), "…"));
    }

    private static void Write(ReadOnlySpan<byte> text, ref Span<byte> rest)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(rest, (ushort)text.Length);
        text.CopyTo(rest[2..]);
        rest = rest[(2 + text.Length)..];
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        var text = rest.Slice(2, BinaryPrimitives.ReadUInt16LittleEndian(rest));
        rest = rest[(2 + text.Length)..];
        return text;
    }

    private static string Text(ref ReadOnlySpan<byte> rest) => Encoding.UTF8.GetString(Next(ref rest));

    /// <summary>What of an event is no text.</summary>
    /// <param name="Sequence">Its number.</param>
    /// <param name="Time">When it happened, UTC.</param>
    /// <param name="RequestKey">Equal on all stages of its request; 0 for events that are a request each.</param>
    /// <param name="Line">1-based; 0 where unknown.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Numbers(ulong Sequence, DateTime Time, UInt128 RequestKey, long Line);
}
