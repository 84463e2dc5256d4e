namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>
/// The header of RowBinaryWithNamesAndTypes: LEB128 count, then so many names, then so many types, each a LEB128 length and bytes.
/// chdb starts every fetched block with it; a client expects it once.
/// </summary>
internal static class RowBinaryHeader
{
    /// <summary>The name of the format.</summary>
    public const string Format = "RowBinaryWithNamesAndTypes";

    /// <summary>How many bytes the header takes; 0 where the bytes do not hold a whole one.</summary>
    public static int LengthOf(ReadOnlySpan<byte> block)
    {
        var at = 0;
        if (!TryReadNumber(block, ref at, out var columns))
            return 0;
        for (ulong i = 0; i < columns * 2; i++)
        {
            if (!TryReadNumber(block, ref at, out var length) || length > (ulong)(block.Length - at))
                return 0;
            at += (int)length;
        }

        return at;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> block, ref int at, out ulong number)
    {
        number = 0;
        for (var shift = 0; shift < 35 && at < block.Length; shift += 7)
        {
            var b = block[at++];
            number |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
                return true;
        }

        return false;
    }
}
