using System.Buffers;
using Reeve.Journaling.Frames;

namespace Reeve.Journaling;

/// <summary>
/// Entries that are appended together: all of them are in the journal after a crash, or none. Built once, appended, then
/// <see cref="Clear">cleared</see> and used again; its memory is pooled. Not thread-safe.
/// </summary>
public sealed class JournalBatch : IDisposable
{
    private readonly FrameBuffer _frames = new();
    private readonly EntryWriter _writer;
    private int _entryStart = -1;

    /// <summary>Makes an empty batch.</summary>
    public JournalBatch() => _writer = new EntryWriter(_frames);

    /// <summary>How many entries it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes it will take in the journal, framing included.</summary>
    public int Bytes => _frames.Length;

    internal int LargestEntry { get; private set; }

    internal ReadOnlySpan<byte> Frames => _entryStart < 0
        ? _frames.Span
        : throw new InvalidOperationException("an entry of this batch was begun and not ended");

    /// <summary>Adds an entry with this payload; an empty one is an entry too.</summary>
    public void Add(ReadOnlySpan<byte> payload)
    {
        BeginEntry();
        _frames.Append(payload);
        EndEntry();
    }

    /// <summary>
    /// Begins an entry whose payload the caller writes, in one go, to the returned writer. The writer is valid until
    /// <see cref="EndEntry"/> or <see cref="AbandonEntry"/>.
    /// </summary>
    public IBufferWriter<byte> BeginEntry()
    {
        if (_entryStart >= 0)
            throw new InvalidOperationException("an entry of this batch was begun and not ended");
        _entryStart = _frames.Length;
        _frames.Reserve(FrameHeader.Size).Span[..FrameHeader.Size].Clear();
        _frames.Advance(FrameHeader.Size);
        return _writer;
    }

    /// <summary>Ends the entry: what was written since <see cref="BeginEntry"/> is its payload.</summary>
    public void EndEntry()
    {
        var start = Begun();
        var payload = _frames.Span[(start + FrameHeader.Size)..];
        FrameHeader.Describe(_frames.Span[start..], payload);
        LargestEntry = Math.Max(LargestEntry, payload.Length);
        var padding = -payload.Length & (FrameHeader.Alignment - 1);
        _frames.Reserve(padding).Span[..padding].Clear();
        _frames.Advance(padding);
        _entryStart = -1;
        Count++;
    }

    /// <summary>Takes back what was written since <see cref="BeginEntry"/>.</summary>
    public void AbandonEntry()
    {
        _frames.Truncate(Begun());
        _entryStart = -1;
    }

    /// <summary>Empties the batch for the next use.</summary>
    public void Clear()
    {
        _frames.Clear();
        _entryStart = -1;
        Count = 0;
        LargestEntry = 0;
    }

    /// <summary>Empties the batch and gives its memory back; it can still be used again.</summary>
    public void Dispose()
    {
        Clear();
        _frames.Dispose();
    }

    private int Begun() =>
        _entryStart >= 0 ? _entryStart : throw new InvalidOperationException("no entry of this batch was begun");

    private sealed class EntryWriter(FrameBuffer frames) : IBufferWriter<byte>
    {
        private const int LeastRoom = 256;

        public void Advance(int count) => frames.Advance(count);

        public Memory<byte> GetMemory(int sizeHint = 0) => frames.Reserve(Math.Max(sizeHint, LeastRoom));

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
