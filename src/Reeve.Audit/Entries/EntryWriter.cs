using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Reeve.Audit.Entries;

/// <summary>Writes the values of an entry.</summary>
internal readonly ref struct EntryWriter(IBufferWriter<byte> into)
{
    public void Byte(byte value)
    {
        into.GetSpan(1)[0] = value;
        into.Advance(1);
    }

    public void UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(into.GetSpan(sizeof(ushort)), value);
        into.Advance(sizeof(ushort));
    }

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(into.GetSpan(sizeof(int)), value);
        into.Advance(sizeof(int));
    }

    public void Time(DateTime utc)
    {
        BinaryPrimitives.WriteInt64LittleEndian(into.GetSpan(sizeof(long)), utc.Ticks);
        into.Advance(sizeof(long));
    }

    public void UInt128(UInt128 value)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(into.GetSpan(16), value);
        into.Advance(16);
    }

    public void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    public void Address(IPAddress address)
    {
        var span = into.GetSpan(17);
        address.TryWriteBytes(span[1..], out var length);
        span[0] = (byte)length;
        into.Advance(length + 1);
    }

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Varint((ulong)length);
        into.Advance(Encoding.UTF8.GetBytes(text, into.GetSpan(length)));
    }
}
