using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Reeve.Audit.Reading.Compact;

/// <summary>
/// Steps over the bytes of JSON without white space, several at once. Positions grow only; whatever does not fit ends
/// at <see cref="Failed"/>, so that the many steps of an event are checked once, at its end. Each step looks at no more
/// than <see cref="Slack"/> bytes behind the event, which must be there to be looked at.
/// </summary>
internal static class CompactBytes
{
    /// <summary>
    /// Bytes behind the last one of an event that must be readable: the two times with their names, which are stepped over
    /// without a look at the length, and a vector.
    /// </summary>
    public const int Slack = 256;

    /// <summary>A position behind every event.</summary>
    public static int Failed(int length) => length + 1;

    /// <summary>Whether this text stands here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(ref byte json, int at, ReadOnlySpan<byte> text) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref json, at), text.Length).SequenceEqual(text);

    /// <summary>The byte here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte At(ref byte json, int at) => Unsafe.Add(ref json, at);

    /// <summary>Behind a value that ends at <paramref name="at"/>: behind its comma, or at the bracket that follows it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Next(ref byte json, int at, int length)
    {
        var next = At(ref json, at);
        if (next == ',')
            return at + 1;
        return next is (byte)'}' or (byte)']' ? at : Failed(length);
    }

    /// <summary>The first quote or backslash from <paramref name="at"/> on; <see cref="Failed"/> if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int QuoteOrBackslash(ref byte json, int at, int length)
    {
        for (; at < length; at += Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref json, (nuint)at);
            var found = (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\')))
                .ExtractMostSignificantBits();
            if (found != 0)
                return at + BitOperations.TrailingZeroCount(found);
        }

        return Failed(length);
    }

    /// <summary>The quote that ends a string whose text goes on at <paramref name="at"/>; <see cref="Failed"/> if there is none.</summary>
    public static int ClosingQuote(ref byte json, int at, int length)
    {
        while (at < length)
        {
            at = QuoteOrBackslash(ref json, at, length);
            if (at >= length || At(ref json, at) == '"')
                return at;
            at += 2;
        }

        return Failed(length);
    }
}
