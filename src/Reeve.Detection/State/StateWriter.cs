using System.Security.Cryptography;
using System.Text;

namespace Reeve.Detection.State;

/// <summary>
/// Writes what is to be read again by a <see cref="StateReader"/>: a mark of four bytes, a version, the values, and the SHA-256 of all
/// that. Numbers are little-endian, seven bits a byte (LEB128); texts are UTF-8 after their length. Not thread-safe.
/// </summary>
internal sealed class StateWriter : IDisposable
{
    private const int BlockSize = 1 << 16;

    private readonly Stream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _block = new byte[BlockSize];
    private int _used;

    public StateWriter(Stream stream, ReadOnlySpan<byte> mark, byte version)
    {
        _stream = stream;
        Raw(mark);
        Byte(version);
    }

    public void Byte(byte value)
    {
        if (_used == BlockSize)
            Flush();
        _block[_used++] = value;
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Number(long value)
    {
        var rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7)
            Byte((byte)(rest | 0x80));
        Byte((byte)rest);
    }

    public void Time(DateTime value) => Number(value.Ticks);

    public void Wide(UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);
        Raw(bytes);
    }

    public void Real(double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        Raw(bytes);
    }

    public void Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    public void Texts(IReadOnlyCollection<string> values)
    {
        Number(values.Count);
        foreach (var value in values)
            Text(value);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        Raw(value);
    }

    /// <summary>Writes the checksum. Nothing may be written after it.</summary>
    public void Finish()
    {
        Flush();
        _stream.Write(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_used == BlockSize)
                Flush();
            var taken = Math.Min(bytes.Length, BlockSize - _used);
            bytes[..taken].CopyTo(_block.AsSpan(_used));
            _used += taken;
            bytes = bytes[taken..];
        }
    }

    private void Flush()
    {
        _hash.AppendData(_block, 0, _used);
        _stream.Write(_block, 0, _used);
        _used = 0;
    }
}
