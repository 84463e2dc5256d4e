using Reeve.Journaling.Tests.Support;
using static Reeve.Journaling.Tests.Support.JournalSteps;

namespace Reeve.Journaling.Tests;

public sealed class JournalTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Entries_come_back_in_order_after_a_restart()
    {
        await using (var journal = Journal.Open(_folder.Options))
        {
            Assert.Equal(1ul, journal.NextSequence);
            Assert.Equal(new JournalAppend(1, 3), await journal.Store("a", ""));
            Assert.Equal(new JournalAppend(3, 4), await journal.Store(new string('c', 3_000_000)));
            Assert.Equal(["1:a", "2:", "3:" + new string('c', 3_000_000)], journal.Everything());
        }

        await using var again = Journal.Open(_folder.Options);
        Assert.Equal(4ul, again.DurableEnd);
        Assert.Equal(["1:a", "2:", "3:" + new string('c', 3_000_000)], again.Everything());
        Assert.Equal(new JournalAppend(4, 5), await again.Store("d"));
        Assert.Equal(["4:d"], again.Everything(from: 4));
        Assert.Equal(0, again.Status.DamagedBytes);
    }

    [Fact]
    public async Task A_cursor_keeps_position_and_pending_bounds_through_a_restart()
    {
        await using (var journal = Journal.Open(_folder.Options))
        {
            await journal.Store("a", "b", "c");
            var cursor = journal.OpenCursor("store");
            Assert.Equal(1ul, cursor.Position);
            cursor.Save(2);
            cursor.SavePending(2, 4);
        }

        await using var again = Journal.Open(_folder.Options);
        var same = again.OpenCursor("store");
        Assert.Equal(2ul, same.Position);
        Assert.Equal(new JournalRange(2, 4), same.Pending);
        same.Save(4);
        Assert.Null(same.Pending);
    }

    [Fact]
    public async Task A_reader_waits_until_an_entry_is_durable()
    {
        await using var journal = Journal.Open(_folder.Options);
        using var reader = journal.Read(1);
        var waiting = reader.WaitToReadAsync(Ct);
        Assert.False(waiting.IsCompleted);
        await journal.Store("a");
        Assert.True(await waiting);
        Assert.Equal(["1:a"], reader.Rest());
    }

    [Fact]
    public async Task A_second_opener_is_refused_in_one_line()
    {
        await using var journal = Journal.Open(_folder.Options);
        var error = Assert.Throws<JournalException>(() => Journal.Open(_folder.Options));
        Assert.Contains("in use by another process", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
