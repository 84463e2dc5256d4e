using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Reeve.Audit.Reading.Compact;

/// <summary>
/// Unescapes short strings whose only escapes are quotes, as in every authorizer's reason, backslashes, and ASCII characters
/// by their number, as the apiserver writes <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> in the query of a request.
/// </summary>
internal static class CompactText
{
    /// <summary>The bytes it may write.</summary>
    public const int Room = 1024;

    /// <summary>The quote that ends the string; <see cref="CompactBytes.Failed"/> where it holds more, is too long or does not end.</summary>
    public static int Unescape(ref byte json, int at, int length, Span<byte> into, out int written)
    {
        ref var output = ref MemoryMarshal.GetReference(into);
        written = 0;
        while (at < length && written <= into.Length - Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref json, (nuint)at);
            bytes.StoreUnsafe(ref output, (nuint)written);
            var found = (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\')))
                .ExtractMostSignificantBits();
            var plain = found == 0 ? Vector256<byte>.Count : BitOperations.TrailingZeroCount(found);
            at += plain;
            written += plain;
            if (found == 0)
                continue;
            if (CompactBytes.At(ref json, at) == '"')
                return at;
            var escape = Read(ref Unsafe.Add(ref json, at), out Unsafe.Add(ref output, written));
            if (escape == 0)
                break;
            at += escape;
            written++;
        }

        return CompactBytes.Failed(length);
    }

    // The length of the escape; 0 where it is another one.
    private static int Read(ref byte escape, out byte value)
    {
        value = Unsafe.Add(ref escape, 1);
        if (value is (byte)'"' or (byte)'\\')
            return 2;
        var high = Unsafe.Add(ref escape, 4) - '0';
        var low = JsonText.HexValue(Unsafe.Add(ref escape, 5));
        value = (byte)((high << 4) | low);
        return CompactBytes.Is(ref escape, 0, "\\u00"u8) && (uint)high < 8 && low <= 15 ? 6 : 0;
    }
}
