using Reeve.Journaling.Frames;

namespace Reeve.Journaling.Appending;

/// <summary>
/// Numbered entries that will be written with one write and one fdatasync. Guarded by <see cref="AppendQueue"/> while it
/// fills, the writer's own from then on until it is handed back.
/// </summary>
internal sealed class PendingGroup : IDisposable
{
    private TaskCompletionSource? _durable;

    public FrameBuffer Frames { get; } = new();

    public ulong First { get; private set; }

    public ulong End { get; private set; }

    public bool IsEmpty => Frames.Length == 0;

    /// <summary>Completes when the group is on the disk.</summary>
    public Task Durable => (_durable ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Copies a batch in and numbers it from <paramref name="next"/> on.</summary>
    public void Add(ReadOnlySpan<byte> frames, int count, ulong next)
    {
        if (IsEmpty)
            First = next;
        End = next + (ulong)count;
        var rest = Frames.Append(frames);
        while (!rest.IsEmpty)
        {
            FrameHeader.Number(rest, next++, (uint)--count);
            rest = rest[(int)FrameHeader.StrideOf(FrameHeader.LengthAt(rest))..];
        }
    }

    /// <summary>Makes the frames ready for a segment. Repeatable, for another segment too.</summary>
    public ReadOnlySpan<byte> Seal(uint salt)
    {
        var rest = Frames.Span;
        while (!rest.IsEmpty)
        {
            FrameHeader.Seal(rest, First, salt);
            rest = rest[(int)FrameHeader.StrideOf(FrameHeader.LengthAt(rest))..];
        }

        return Frames.Span;
    }

    /// <summary>Empties it; the source to complete outside the lock, if anybody waits.</summary>
    public TaskCompletionSource? Reset()
    {
        var durable = _durable;
        _durable = null;
        Frames.Clear();
        return durable;
    }

    public void Dispose() => Frames.Dispose();
}
