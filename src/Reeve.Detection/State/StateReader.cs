using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Reeve.Detection.State;

/// <summary>
/// Reads what a <see cref="StateWriter"/> wrote, whatever happened to it since. Of sizes that are said none is believed before the
/// bytes are there. What was read counts only after <see cref="Finish"/>. Not thread-safe.
/// </summary>
internal sealed class StateReader : IDisposable
{
    private const int BlockSize = 1 << 16;
    private const int MostBytes = 1 << 28;
    private static readonly UTF8Encoding Utf8 = new(false, true);

    private readonly Stream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _block = new byte[BlockSize];
    private int _from;
    private int _to;

    /// <exception cref="StateFormatException">It begins otherwise, or is of another version.</exception>
    public StateReader(Stream stream, ReadOnlySpan<byte> mark, byte version)
    {
        _stream = stream;
        Span<byte> found = stackalloc byte[4];
        Raw(found);
        if (!found.SequenceEqual(mark))
            throw new StateFormatException("this is no saved state of detection");
        if (Byte() is var its && its != version)
            throw new StateFormatException($"the saved state of detection has version {its}, this program reads {version}");
    }

    public byte Byte()
    {
        if (_from == _to)
            Fill();
        return _block[_from++];
    }

    public bool Flag() => Byte() switch { 0 => false, 1 => true, var other => throw Damaged($"{other} is neither yes nor no") };

    public long Number()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            if (shift == 63 && next > 1)
                throw Damaged("a number has more than 64 bits");
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return (long)value;
        }
    }

    /// <summary>A number from 0 to <paramref name="most"/>.</summary>
    public int Number(int most)
    {
        var value = Number();
        return value >= 0 && value <= most ? (int)value : throw Damaged($"{value} is more than {most}");
    }

    public DateTime Time()
    {
        var ticks = Number();
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : throw Damaged($"{ticks} is no time");
    }

    public UInt128 Wide()
    {
        Span<byte> bytes = stackalloc byte[16];
        Raw(bytes);
        return BinaryPrimitives.ReadUInt128LittleEndian(bytes);
    }

    public double Real()
    {
        Span<byte> bytes = stackalloc byte[8];
        Raw(bytes);
        return BinaryPrimitives.ReadDoubleLittleEndian(bytes);
    }

    public string Text()
    {
        var bytes = Bytes();
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException failure)
        {
            throw new StateFormatException("the saved state of detection is damaged: a text is no UTF-8", failure);
        }
    }

    public List<string> Texts()
    {
        var values = new List<string>();
        for (var left = Number(MostBytes); left > 0; left--)
            values.Add(Text());
        return values;
    }

    public byte[] Bytes()
    {
        var length = Number(MostBytes);
        var bytes = new byte[Math.Min(length, BlockSize)];
        for (var read = 0; read < length;)
        {
            if (read == bytes.Length)
                Array.Resize(ref bytes, Math.Min(length, bytes.Length * 2));
            Raw(bytes.AsSpan(read));
            read = bytes.Length;
        }

        return bytes;
    }

    /// <summary>Compares the checksum.</summary>
    /// <exception cref="StateFormatException">What was read is not what was written, or more follows.</exception>
    public void Finish()
    {
        _hash.AppendData(_block, 0, _from);
        var computed = _hash.GetHashAndReset();
        var read = new byte[computed.Length];
        Raw(read);
        if (!read.AsSpan().SequenceEqual(computed))
            throw Damaged("its checksum is another");
        if (_from < _to || _stream.ReadByte() >= 0)
            throw Damaged("more follows its end");
    }

    public void Dispose() => _hash.Dispose();

    /// <summary>What to throw where a value cannot be.</summary>
    public StateFormatException Damaged(string why) => new($"the saved state of detection is damaged: {why}");

    private void Raw(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_from == _to)
                Fill();
            var taken = Math.Min(bytes.Length, _to - _from);
            _block.AsSpan(_from, taken).CopyTo(bytes);
            _from += taken;
            bytes = bytes[taken..];
        }
    }

    private void Fill()
    {
        _hash.AppendData(_block, 0, _to);
        (_from, _to) = (0, _stream.Read(_block));
        if (_to == 0)
            throw new StateFormatException("the saved state of detection is cut off");
    }
}
