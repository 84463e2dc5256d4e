using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Reeve.Audit.Entries;

/// <summary>Reads the values of an entry; after the first that is not there or out of range, zeros and <see cref="Failed"/>.</summary>
internal ref struct EntryReader(ReadOnlySpan<byte> bytes, NameCache? names)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public bool Failed { get; private set; }

    public readonly int Position => _position;

    public byte Byte() => Take(1) is { IsEmpty: false } span ? span[0] : (byte)0;

    public ushort UInt16() => Take(sizeof(ushort)) is { IsEmpty: false } span ? BinaryPrimitives.ReadUInt16LittleEndian(span) : (ushort)0;

    public UInt128 UInt128() => Take(16) is { IsEmpty: false } span ? BinaryPrimitives.ReadUInt128LittleEndian(span) : System.UInt128.Zero;

    public DateTime Time()
    {
        var ticks = Take(sizeof(long)) is { IsEmpty: false } span ? BinaryPrimitives.ReadInt64LittleEndian(span) : 0;
        if (ticks >= 0 && ticks <= DateTime.MaxValue.Ticks)
            return new DateTime(ticks, DateTimeKind.Utc);
        Failed = true;
        return default;
    }

    public DateOnly Day()
    {
        var number = Take(sizeof(int)) is { IsEmpty: false } span ? BinaryPrimitives.ReadInt32LittleEndian(span) : 0;
        if (number >= 0 && number <= DateOnly.MaxValue.DayNumber)
            return DateOnly.FromDayNumber(number);
        Failed = true;
        return default;
    }

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Byte();
            if (shift == 63 && b > 1)
                break;
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return value;
        }

        Failed = true;
        return 0;
    }

    public IPAddress Address()
    {
        var length = Byte();
        if (length is 4 or 16 && Take(length) is { IsEmpty: false } span)
            return span.IndexOfAnyExcept((byte)0) < 0 && length == 16 ? IPAddress.IPv6None : new IPAddress(span);
        Failed = true;
        return IPAddress.IPv6None;
    }

    public string Text()
    {
        var length = Varint();
        if (length > (ulong)(_bytes.Length - _position))
        {
            Failed = true;
            return "";
        }

        var text = Take((int)length);
        return names is null ? Encoding.UTF8.GetString(text) : names.Get(text);
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (Failed || _bytes.Length - _position < length)
        {
            Failed = true;
            return default;
        }

        _position += length;
        return _bytes.Slice(_position - length, length);
    }
}
