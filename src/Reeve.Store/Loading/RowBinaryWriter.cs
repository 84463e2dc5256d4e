using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Reeve.Store.Loading;

/// <summary>
/// Writes rows in ClickHouse's RowBinary format (https://clickhouse.com/docs/interfaces/formats/RowBinary) into pooled chunks,
/// and remembers where each row begins, so that any run of rows can be sent on its own. Not thread-safe.
/// </summary>
internal sealed class RowBinaryWriter : IDisposable
{
    private const int ChunkSize = 256 * 1024;

    // ClickHouse's functions for hours and days count in DateTime, which begins and ends here; beyond, its index would miss rows.
    private static readonly long Earliest = Micros(DateTime.UnixEpoch);
    private static readonly long Latest = Micros(new DateTime(2105, 12, 31, 23, 59, 59, DateTimeKind.Utc));

    private readonly List<byte[]> _chunks = [];
    private readonly List<long> _rowStarts = [];
    private int _used = ChunkSize;

    /// <summary>Bytes written since the last <see cref="Clear"/>.</summary>
    public long Length => ((long)_chunks.Count * ChunkSize) - (ChunkSize - _used);

    /// <summary>Rows begun since the last <see cref="Clear"/>.</summary>
    public int Rows => _rowStarts.Count;

    /// <summary>Marks the start of a row; its columns follow in the order of the insert.</summary>
    public void BeginRow() => _rowStarts.Add(Length);

    /// <summary>The bytes of a run of rows, as pieces in order; valid until <see cref="Clear"/>.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Slices(int firstRow, int rows)
    {
        var from = _rowStarts[firstRow];
        var to = firstRow + rows < Rows ? _rowStarts[firstRow + rows] : Length;
        while (from < to)
        {
            var offset = (int)(from % ChunkSize);
            var size = (int)Math.Min(ChunkSize - offset, to - from);
            yield return _chunks[(int)(from / ChunkSize)].AsMemory(offset, size);
            from += size;
        }
    }

    /// <summary>Appends one row of another writer.</summary>
    public void CopyRow(RowBinaryWriter other, int row)
    {
        BeginRow();
        foreach (var slice in other.Slices(row, 1))
            Write(slice.Span);
    }

    /// <summary>Forgets all rows and gives the memory back.</summary>
    public void Clear()
    {
        foreach (var chunk in _chunks)
            ArrayPool<byte>.Shared.Return(chunk);
        _chunks.Clear();
        _rowStarts.Clear();
        _used = ChunkSize;
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    public void WriteUInt8(byte value) => Write([value]);

    public void WriteBool(bool value) => Write([value ? (byte)1 : (byte)0]);

    public void WriteUInt16(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        Write(bytes);
    }

    public void WriteUInt64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        Write(bytes);
    }

    public void WriteUInt128(UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);
        Write(bytes);
    }

    /// <summary>A <c>DateTime64(6)</c>; before 1970 and after 2105 the nearest end.</summary>
    public void WriteMicroseconds(DateTime utc) => WriteUInt64((ulong)Math.Clamp(Micros(utc), Earliest, Latest));

    /// <summary>A <c>Date</c>; beyond what it can hold (1970 to 2149) the nearest end.</summary>
    public void WriteDate(DateOnly day)
    {
        var days = day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        WriteUInt16((ushort)Math.Clamp(days, 0, ushort.MaxValue));
    }

    /// <summary>An <c>IPv6</c>; IPv4 addresses are mapped.</summary>
    public void WriteIpAddress(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        Write(bytes);
    }

    /// <summary>A <c>String</c> or <c>LowCardinality(String)</c>: any bytes.</summary>
    public void WriteString(ReadOnlySpan<byte> bytes)
    {
        WriteCount(bytes.Length);
        Write(bytes);
    }

    public void WriteString(string text)
    {
        WriteCount(Encoding.UTF8.GetByteCount(text));
        Span<byte> small = stackalloc byte[256];
        if (Encoding.UTF8.TryGetBytes(text, small, out var written))
            Write(small[..written]);
        else
            Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The length of a string, or the number of items of an array whose items follow (unsigned LEB128).</summary>
    public void WriteCount(int count)
    {
        Span<byte> bytes = stackalloc byte[5];
        var used = 0;
        for (var rest = (uint)count; ; rest >>= 7)
        {
            bytes[used++] = (byte)(rest < 0x80 ? rest : rest | 0x80);
            if (rest < 0x80)
                break;
        }

        Write(bytes[..used]);
    }

    private static long Micros(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private void Write(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var room = ChunkSize - _used;
            if (bytes.Length <= room)
                break;
            if (room > 0)
                bytes[..room].CopyTo(_chunks[^1].AsSpan(_used));
            bytes = bytes[room..];
            _chunks.Add(ArrayPool<byte>.Shared.Rent(ChunkSize));
            _used = 0;
        }

        if (bytes.IsEmpty)
            return;
        bytes.CopyTo(_chunks[^1].AsSpan(_used));
        _used += bytes.Length;
    }
}
