using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Reeve.Audit.Reading.Compact;

/// <summary>Reads the times of one log, which mostly have the same day: <c>2006-01-02T15:04:05.000000Z</c>. Not thread-safe.</summary>
internal sealed class CompactTime
{
    /// <summary>The bytes of a time as the apiserver writes it, to the microsecond in UTC.</summary>
    public const int Length = 27;

    private const int DayLength = 11;

    // No text begins so.
    private ulong _yearAndMonth = ulong.MaxValue;
    private uint _dayAndMark;
    private long _dayTicks;

    // Below this pattern's characters and above: digits, and the punctuation that stands between them.
    private static Vector128<byte> Low => Vector128.Create("00:00:00.000000Z"u8);

    private static Vector128<byte> High => Vector128.Create("99:99:99.999999Z"u8);

    private static Vector128<byte> Digits => Vector128.Create(0, 1, 3, 4, 6, 7, 9, 10, 11, 12, 13, 14, 255, 255, 255, 255);

    private static Vector128<sbyte> Tens => Vector128.Create(10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 0, 0, 0, 0);

    /// <summary>Reads <see cref="Length"/> bytes; null where they are no such time.</summary>
    public DateTime? Read(ref byte text)
    {
        if (!Ssse3.IsSupported || !IsSameDay(ref text))
            return ReadDay(ref text);
        var time = Vector128.LoadUnsafe(ref text, DayLength);
        if (Vector128.LessThanAny(time, Low) || Vector128.GreaterThanAny(time, High))
            return null;
        var pairs = Ssse3.MultiplyAddAdjacent(Ssse3.Shuffle(time - Vector128.Create((byte)'0'), Digits), Tens);
        int hours = pairs[0], minutes = pairs[1], seconds = pairs[2];
        // A leap second may belong to the next day.
        if (hours > 23 || minutes > 59 || seconds > 59)
            return ReadDay(ref text);
        var micros = (pairs[3] * 10_000) + (pairs[4] * 100) + pairs[5];
        var ticks = (((((hours * 60) + minutes) * 60L) + seconds) * TimeSpan.TicksPerSecond) + (micros * TimeSpan.TicksPerMicrosecond);
        return new DateTime(_dayTicks + ticks, DateTimeKind.Utc);
    }

    private static int ReadSecond(ref byte text) => ((Unsafe.Add(ref text, 17) - '0') * 10) + Unsafe.Add(ref text, 18) - '0';

    private bool IsSameDay(ref byte text) =>
        Unsafe.ReadUnaligned<ulong>(ref text) == _yearAndMonth
        && Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref text, DayLength - sizeof(uint))) == _dayAndMark;

    private DateTime? ReadDay(ref byte text)
    {
        if (!Timestamp.TryParse(MemoryMarshal.CreateReadOnlySpan(ref text, Length), out var utc))
            return null;
        if (Unsafe.Add(ref text, Length - 1) != 'Z' || utc.Second != ReadSecond(ref text))
            return utc;
        _yearAndMonth = Unsafe.ReadUnaligned<ulong>(ref text);
        _dayAndMark = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref text, DayLength - sizeof(uint)));
        _dayTicks = utc.Date.Ticks;
        return utc;
    }
}
