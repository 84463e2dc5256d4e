using Microsoft.Extensions.Time.Testing;
using Reeve.Journaling.Files;
using Reeve.Journaling.Tests.Support;
using static Reeve.Journaling.Tests.Support.JournalSteps;

namespace Reeve.Journaling.Tests;

/// <summary>Where there is no room, appends wait; nothing fails and nothing is lost.</summary>
public sealed class BackPressureTests
{
    private static readonly JournalOptions Options = new() { Folder = "/journal", SegmentBytes = 16 << 10, MaxBytes = 40 << 10 };

    private readonly RecordingObserver _observer = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_full_disk_is_waited_out()
    {
        using var disk = new MemoryDisk();
        await using var journal = Journal.Open(Options, disk, _observer, _time);
        await journal.Store("before");
        var cursor = journal.OpenCursor("store");
        disk.Capacity = disk.Content("/journal/00000000000000000001.seg").Length;

        using var batch = Batch("waits", new string('x', 3000));
        var append = await journal.AppendAsync(batch, Ct);
        var durable = journal.WaitDurableAsync(append.End, Ct).AsTask();
        var block = await _observer.FirstBlock;
        Assert.Equal(JournalBlockReason.DiskFull, block.Reason);
        Assert.True(block.NeededBytes > 3000);
        Assert.Contains("is full", block.Message, StringComparison.Ordinal);
        Assert.Equal(block, journal.Status.Blocked);
        Assert.False(durable.IsCompleted);
        Assert.Equal(["1:before"], journal.Everything());
        var next = journal.AppendAsync(Batch("later"), Ct).AsTask();
        Assert.False(next.IsCompleted);
        cursor.Save(2);

        disk.Capacity = long.MaxValue;
        while (!durable.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await journal.WaitDurableAsync((await next).End, Ct);
        Assert.Equal(["waits", "later"], journal.Everything().Where(entry => !entry.Contains('x')).Skip(1).Select(entry => entry[2..]));
        Assert.Equal(["blocked DiskFull", "unblocked DiskFull"], _observer.Told);
        Assert.Null(journal.Status.Blocked);
    }

    [Fact]
    public async Task A_failed_fsync_makes_the_entries_go_to_a_fresh_segment()
    {
        using var disk = new MemoryDisk();
        await using (var journal = Journal.Open(Options, disk, _observer, _time))
        {
            await journal.Store("before");
            var failures = 1;
            disk.BeforeSync = _ =>
            {
                if (Interlocked.Decrement(ref failures) >= 0)
                    throw new IOException("Input/output error", DiskErrors.InputOutput);
            };
            await journal.Store("again", "and again");
            Assert.Equal(["rewritten 00000000000000000001.seg"], _observer.Told);
            Assert.Contains("/journal/00000000000000000002.seg", disk.Paths);
        }

        await using var reopened = Journal.Open(Options, disk, _observer, _time);
        Assert.Equal(["1:before", "2:again", "3:and again"], reopened.Everything());
        Assert.Equal(0, reopened.Status.DamagedBytes);
    }

    [Fact]
    public async Task A_spent_budget_waits_for_the_slowest_consumer()
    {
        using var disk = new MemoryDisk();
        await using var journal = Journal.Open(Options, disk, _observer, _time);
        var slow = journal.OpenCursor("slow");
        var fast = journal.OpenCursor("fast");
        var large = new string('x', 7000);
        Task<JournalAppend> append;
        while (true)
        {
            append = journal.AppendAsync(Batch(large), Ct).AsTask();
            if (!append.IsCompleted)
                break;
            await journal.WaitDurableAsync((await append).End, Ct);
        }

        Assert.Equal(JournalBlockReason.Budget, (await _observer.FirstBlock).Reason);
        fast.Save(journal.DurableEnd);
        Assert.False(append.IsCompleted);
        slow.Save(journal.DurableEnd);
        await journal.WaitDurableAsync((await append).End, Ct);
        Assert.Equal(["blocked Budget", "unblocked Budget"], _observer.Told);
        Assert.True(journal.OldestSequence > 1);
    }

    [Fact]
    public async Task One_batch_larger_than_the_budget_passes_once_all_is_consumed()
    {
        using var disk = new MemoryDisk();
        await using var journal = Journal.Open(Options, disk, _observer, _time);
        var cursor = journal.OpenCursor("store");
        await journal.Store(new string('x', 100_000));
        var append = journal.AppendAsync(Batch("next"), Ct).AsTask();
        await _observer.FirstBlock;
        Assert.False(append.IsCompleted);
        cursor.Save(2);
        await journal.WaitDurableAsync((await append).End, Ct);
        Assert.Equal(["2:next"], journal.Everything());
    }

    [Fact]
    public async Task A_cancelled_append_that_waited_has_taken_nothing()
    {
        using var held = new ManualResetEventSlim();
        using var disk = new MemoryDisk();
        await using var journal = Journal.Open(Options with { MaxPendingBytes = 100 }, disk);
        await journal.Store("before");
        disk.BeforeSync = _ => held.Wait(Ct);
        var first = await journal.AppendAsync(Batch("held", new string('x', 100)), Ct);
        using var cancel = new CancellationTokenSource();
        var waiting = journal.AppendAsync(Batch("cancelled"), cancel.Token).AsTask();
        var behind = journal.AppendAsync(Batch("behind"), Ct).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(first.End, journal.NextSequence);

        held.Set();
        Assert.Equal(first.End, (await behind).First);
        await journal.WaitDurableAsync(first.End + 1, Ct);
        Assert.DoesNotContain(journal.Everything(), entry => entry.EndsWith("cancelled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reader_sees_nothing_that_is_not_durable()
    {
        using var held = new ManualResetEventSlim();
        using var disk = new MemoryDisk();
        await using var journal = Journal.Open(Options, disk);
        await journal.Store("durable");
        disk.BeforeSync = _ => held.Wait(Ct);
        var append = await journal.AppendAsync(Batch("not yet"), Ct);
        using var reader = journal.Read(1);
        Assert.Equal(["1:durable"], reader.Rest());
        var waiting = reader.WaitToReadAsync(Ct).AsTask();
        Assert.False(waiting.IsCompleted);
        var durable = journal.WaitDurableAsync(append.End, Ct).AsTask();
        Assert.False(durable.IsCompleted);

        held.Set();
        Assert.True(await waiting);
        Assert.Equal(["2:not yet"], reader.Rest());
    }
}
