using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Reeve.Detection.Correlation;

namespace Reeve.Detection.Alerts;

/// <summary>
/// Which event it is: the same for a copy of it, as logs that were taken twice hold. An auditID that is a UUID stands here itself, so that
/// nobody can make two events look like one; of others, which callers choose, SHA-256 stands for them. Immutable.
/// </summary>
/// <param name="Id">The auditID, or the hash.</param>
/// <param name="At">The ticks of the time, and above them the stage; all ones for a hash, which no time is.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventMark(UInt128 Id, ulong At)
{
    // Times have 62 bits.
    private const int StageShift = 62;

    /// <summary>Of a packed event.</summary>
    public static EventMark Of(ReadOnlySpan<byte> packed) =>
        PackedEvent.TryReadUuid(packed, out var id, out var stage) && stage is >= 1 and <= 4
            ? new EventMark(id, (ulong)PackedEvent.Time(packed).Ticks | ((ulong)(stage - 1) << StageShift))
            : OfText(PackedEvent.Unpack(packed));

    /// <summary>Of an event by its hash: one without an auditID is told apart by its number.</summary>
    public static EventMark OfText(EventReference reference) =>
        new(BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(AlertIdentity.TextOf(reference, (long)reference.Sequence)))), ulong.MaxValue);
}
