using Reeve.Journaling.Files;
using Reeve.Journaling.Segments;

namespace Reeve.Journaling.Appending;

/// <summary>
/// The one thread that writes: everything pending in one write and one fdatasync, again and again. A full or failing disk
/// makes it wait and try again until it is told to stop; it never gives an entry up before that.
/// </summary>
internal sealed class GroupWriter : IDisposable
{
    private readonly JournalOptions _options;
    private readonly IJournalFileSystem _files;
    private readonly SegmentList _segments;
    private readonly AppendQueue _queue;
    private readonly BlockState _blocks;
    private readonly IJournalObserver? _observer;
    private readonly TimeProvider _time;
    private readonly Action _idle;
    private readonly AutoResetEvent _work = new(false);
    private readonly RetrySignal _retry = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ActiveSegment? _active;
    private bool _failed;
    private volatile bool _stopping;
    private long _lastSync;

    public GroupWriter(
        JournalOptions options,
        IJournalFileSystem files,
        SegmentList segments,
        ActiveSegment? active,
        AppendQueue queue,
        BlockState blocks,
        IJournalObserver? observer,
        TimeProvider time,
        Action idle)
    {
        (_options, _files, _segments, _active) = (options, files, segments, active);
        (_queue, _blocks, _observer, _time, _idle) = (queue, blocks, observer, time, idle);
        queue.Wake = () => _work.Set();
    }

    /// <summary>How long the last write with its fdatasync took.</summary>
    public TimeSpan LastSync => new(Interlocked.Read(ref _lastSync));

    public void Start() => new Thread(Run) { IsBackground = true, Name = "reeve-journal" }.Start();

    /// <summary>Writes what is pending if the disk takes it, and ends.</summary>
    public Task StopAsync()
    {
        _stopping = true;
        _work.Set();
        _retry.Set();
        return _ended.Task;
    }

    /// <summary>There is room again: do not wait for the next try.</summary>
    public void RetryNow()
    {
        _retry.Set();
        _work.Set();
    }

    /// <summary>
    /// Ends a segment that all consumers have passed while the budget is spent, so that it can be deleted: the last one
    /// never is. Only the writer's thread calls it, from its idle callback.
    /// </summary>
    public void RollConsumed(ulong? lowest)
    {
        if (_blocks.Budget && _active is { HasEntries: true } && lowest >= _queue.DurableEnd)
            Roll(_queue.DurableEnd);
    }

    public void Dispose()
    {
        _active?.Dispose();
        _work.Dispose();
    }

    private void Run()
    {
        try
        {
            while (true)
            {
                _work.WaitOne();
                var last = _stopping;
                while (_queue.Take() is { } group)
                {
                    if (!Write(group))
                        return;
                    _queue.Complete();
                }

                _active?.Mark(_queue.DurableEnd);
                if (last)
                    return;
                Idle();
            }
        }
        finally
        {
            _queue.Close();
            _queue.Abandon();
            _ended.SetResult();
        }
    }

    private void Idle()
    {
        try
        {
            _idle();
        }
        catch (Exception error) when (DiskErrors.IsDisk(error))
        {
            if (WaitForRetry())
                _work.Set();
        }
    }

    private bool Write(PendingGroup group)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var began = _time.GetTimestamp();
                SegmentFor(group).Write(group);
                Interlocked.Exchange(ref _lastSync, _time.GetElapsedTime(began).Ticks);
                _blocks.EndDisk();
                return true;
            }
            catch (Exception error) when (DiskErrors.IsDisk(error))
            {
                _active?.CutBack();
                var noRoom = DiskErrors.IsNoRoom(error);
                if (!noRoom)
                    Distrust(error);
                // The first error may be the segment's alone: a fresh one is tried at once.
                if (!noRoom && attempt == 1)
                    continue;
                Block(group, noRoom ? null : error);
                if (!WaitForRetry())
                    return false;
            }
        }
    }

    /// <summary>
    /// After a failed fsync the page cache may call clean what never reached the disk (fsync(2), NOTES), so that only a new
    /// file can be trusted with the entries. What was durable in the old one stays.
    /// </summary>
    private void Distrust(Exception error)
    {
        if (!_failed && _active is not null)
            _observer?.Rewritten(_active.Segment.Path, error.Message);
        _failed = true;
    }

    private void Block(PendingGroup group, Exception? error)
    {
        var free = FreeBytes();
        var what = error is null ? "is full" : $"answers '{error.Message}'";
        _blocks.Begin(new JournalBlock(
            error is null ? JournalBlockReason.DiskFull : JournalBlockReason.DiskError,
            free,
            group.Frames.Length,
            $"the disk of {_options.Folder} {what} ({free} bytes free, {group.Frames.Length} needed): reading waits, nothing is lost, it goes on by itself"));
    }

    private long FreeBytes()
    {
        try
        {
            return _files.FreeBytes(_options.Folder);
        }
        catch (Exception error) when (DiskErrors.IsDisk(error))
        {
            return -1;
        }
    }

    private ActiveSegment SegmentFor(PendingGroup group)
    {
        var full = _active is { HasEntries: true }
            && _active.Segment.Length + group.Frames.Length > _options.SegmentBytes;
        if (_active is null || _failed || full)
            Roll(group.First);
        return _active!;
    }

    private void Roll(ulong first)
    {
        if (_active?.Segment.First == first)
        {
            // It holds nothing durable and its name is needed.
            _segments.Remove(_active.Segment);
            _active.Dispose();
            _active = null;
        }

        var fresh = ActiveSegment.Create(_files, _options.Folder, first);
        _active?.Dispose();
        _active = fresh;
        _failed = false;
        _segments.Add(fresh.Segment);
    }

    private bool WaitForRetry()
    {
        if (_stopping)
            return false;
        using (_time.CreateTimer(_ => _retry.Set(), null, _options.RetryDelay, Timeout.InfiniteTimeSpan))
            _retry.Wait();
        return !_stopping;
    }
}
