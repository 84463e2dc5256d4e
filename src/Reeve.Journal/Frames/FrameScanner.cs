using Reeve.Journaling.Files;

namespace Reeve.Journaling.Frames;

/// <summary>What a <see cref="FrameScanner"/> came upon.</summary>
internal enum FrameStep
{
    /// <summary>A whole entry.</summary>
    Entry,

    /// <summary>A note of what is durable.</summary>
    Mark,

    /// <summary>Bytes or entries that are lost; the scan goes on behind them.</summary>
    Damage,

    /// <summary>The limit, or the end of the sequences asked for.</summary>
    End,
}

/// <summary>
/// Walks the frames of a segment in order. It answers an entry only when header, payload and sequence are right; after
/// damage it searches the next header that validates. Not thread-safe.
/// </summary>
internal sealed class FrameScanner(int blockBytes) : IDisposable
{
    private readonly BlockReader _reader = new(blockBytes);
    private uint _salt;

    /// <summary>Where the next frame is looked for.</summary>
    public long Offset { get; private set; }

    /// <summary>The lowest sequence the next entry may have.</summary>
    public ulong Expected { get; private set; }

    /// <summary>After <see cref="FrameStep.Entry"/> or <see cref="FrameStep.Mark"/>: the frame's header.</summary>
    public FrameHeader Header { get; private set; }

    /// <summary>After <see cref="FrameStep.Entry"/>: the payload, valid until the next step.</summary>
    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <summary>After <see cref="FrameStep.Damage"/>: where it begins.</summary>
    public long DamageOffset { get; private set; }

    /// <summary>After <see cref="FrameStep.Damage"/>: the lost sequences; empty where none is known to be lost.</summary>
    public JournalRange Missing { get; private set; }

    /// <summary>Begins at a frame; the file stays the caller's.</summary>
    public void Start(IJournalFile file, uint salt, ulong expected, long offset)
    {
        _reader.Attach(file);
        _salt = salt;
        Expected = expected;
        Offset = offset;
    }

    /// <summary>Takes the sequences below as seen to; the caller has reported them.</summary>
    public void SkipTo(ulong sequence) => Expected = Math.Max(Expected, sequence);

    /// <summary>One step; bytes from <paramref name="limit"/> on and sequences from <paramref name="end"/> on do not count.</summary>
    public FrameStep Next(long limit, ulong end)
    {
        if (Expected >= end || limit - Offset < FrameHeader.Size)
            return FrameStep.End;
        if (!TryHeader(Offset, limit, end, out var header))
            return Search(limit, end);
        if (header.IsMark)
        {
            Header = header;
            Offset += FrameHeader.Size;
            return FrameStep.Mark;
        }

        if (header.Sequence > Expected)
            return Lost(Offset, header.Sequence);

        var at = Offset;
        var payload = _reader.Peek(at + FrameHeader.Size, header.Length, limit);
        Offset += header.Stride;
        if (payload.Length < header.Length || Crc32C.Of(payload.Span) != header.PayloadChecksum)
            return Lost(at, header.Sequence + 1);
        Expected = header.Sequence + 1;
        Header = header;
        Payload = payload;
        return FrameStep.Entry;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _reader.Dispose();

    private FrameStep Search(long limit, ulong end)
    {
        var begin = Offset;
        for (Offset += FrameHeader.Alignment; limit - Offset >= FrameHeader.Size; Offset += FrameHeader.Alignment)
        {
            if (TryHeader(Offset, limit, end, out var header))
                return Lost(begin, header.Sequence);
        }

        Offset = limit;
        return Lost(begin, Expected);
    }

    private FrameStep Lost(long offset, ulong found)
    {
        DamageOffset = offset;
        Missing = new JournalRange(Expected, Math.Max(Expected, found));
        Expected = Missing.End;
        return FrameStep.Damage;
    }

    private bool TryHeader(long offset, long limit, ulong end, out FrameHeader header)
    {
        header = default;
        var bytes = _reader.Peek(offset, FrameHeader.Size, limit).Span;
        if (bytes.Length < FrameHeader.Size)
            return false;
        // Cheap tests first: a search tries every eighth byte of a damaged region.
        var sequence = FrameHeader.SequenceAt(bytes);
        return sequence >= Expected
            && sequence <= end
            && (uint)FrameHeader.LengthAt(bytes) <= limit - offset - FrameHeader.Size
            && FrameHeader.TryRead(bytes, _salt, out header)
            && (header.IsMark || sequence < end);
    }
}
