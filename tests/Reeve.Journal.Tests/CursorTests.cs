using Reeve.Journaling.Tests.Support;
using static Reeve.Journaling.Tests.Support.JournalSteps;

namespace Reeve.Journaling.Tests;

public sealed class CursorTests
{
    private static readonly JournalOptions Options = new() { Folder = "/journal", SegmentBytes = 16 << 10 };

    [Fact]
    public async Task Segments_are_deleted_when_every_consumer_has_passed_and_the_last_one_never()
    {
        using var disk = new MemoryDisk();
        await using var journal = await Filled(disk);
        Assert.Equal(4, journal.Status.Segments);
        var fast = journal.OpenCursor("fast");
        var slow = journal.OpenCursor("slow");
        fast.Save(5);
        Assert.Equal(1ul, journal.OldestSequence);
        slow.Save(3);
        Assert.Equal(3ul, journal.OldestSequence);
        slow.SavePending(3, 5);
        Assert.Equal(3ul, journal.OldestSequence);
        journal.RemoveCursor("slow");
        Assert.Equal(4ul, journal.OldestSequence);
        Assert.Equal(["4:x"], journal.Everything(4).Select(entry => entry[..3]));
        Assert.Equal(["fast"], journal.Status.Consumers.Keys);
    }

    [Fact]
    public async Task A_reader_whose_start_was_deleted_begins_at_the_oldest_and_says_so()
    {
        using var disk = new MemoryDisk();
        await using var journal = await Filled(disk);
        using var early = journal.Read(1);
        Assert.True(early.TryRead(out _));
        journal.OpenCursor("store").Save(4);

        using var reader = journal.Read(1);
        Assert.True(reader.TryRead(out var entry));
        Assert.Equal((4ul, 3ul), (entry.Sequence, reader.Deleted));
        Assert.Equal(["4:x"], early.Rest().Select(text => text[..3]));
        Assert.Equal(2ul, early.Deleted);
        Assert.Equal(0ul, journal.Status.DamagedEntries);
    }

    [Fact]
    public async Task A_new_consumer_begins_at_the_oldest_entry()
    {
        using var disk = new MemoryDisk();
        await using var journal = await Filled(disk);
        journal.OpenCursor("store").Save(3);
        Assert.Equal(3ul, journal.OpenCursor("detection").Position);
        Assert.Same(journal.OpenCursor("store"), journal.OpenCursor("store"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../etc")]
    [InlineData("Store")]
    public async Task A_consumer_with_a_bad_name_is_refused(string name)
    {
        using var disk = new MemoryDisk();
        await using var journal = Journal.Open(Options, disk);
        Assert.Throws<ArgumentException>(() => journal.OpenCursor(name));
    }

    [Fact]
    public async Task A_cursor_cannot_pass_what_is_durable()
    {
        using var disk = new MemoryDisk();
        await using var journal = await Filled(disk);
        var cursor = journal.OpenCursor("store");
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.Save(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.SavePending(3, 6));
        Assert.Equal(1ul, cursor.Position);
    }

    [Fact]
    public async Task A_cursor_is_saved_on_a_full_disk()
    {
        using var disk = new MemoryDisk();
        await using var journal = await Filled(disk);
        var cursor = journal.OpenCursor("store");
        disk.Capacity = 0;
        cursor.Save(3);
        Assert.Equal(3ul, cursor.Position);
    }

    [Fact]
    public async Task A_cursor_that_cannot_be_read_begins_at_the_oldest_and_says_so()
    {
        using var disk = new MemoryDisk();
        await using (var journal = await Filled(disk))
            journal.OpenCursor("store").Save(3);
        disk.Content("/journal/store.cursor").AsSpan().Clear();

        var observer = new RecordingObserver();
        await using var again = Journal.Open(Options, disk, observer);
        Assert.Equal(3ul, again.OpenCursor("store").Position);
        Assert.Equal(["cursor lost store"], observer.Told);
    }

    [Fact]
    public async Task A_number_a_consumer_has_seen_is_never_given_again()
    {
        using var disk = new MemoryDisk();
        await using (var journal = await Filled(disk))
            journal.OpenCursor("store").Save(5);
        disk.Delete("/journal/00000000000000000004.seg");

        await using var again = Journal.Open(Options, disk);
        Assert.Equal(new JournalAppend(5, 6), await again.Store("next"));
        Assert.Equal(["5:next"], again.Everything(5));
    }

    /// <summary>Four entries in four segments.</summary>
    private static async Task<Journal> Filled(MemoryDisk disk)
    {
        var journal = Journal.Open(Options, disk);
        for (var entry = 0; entry < 4; entry++)
            await journal.Store(new string('x', 7000));
        return journal;
    }
}
