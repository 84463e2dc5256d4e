using Reeve.Journaling.Appending;
using Reeve.Journaling.Segments;
using Reeve.Journaling.Tests.Support;
using static Reeve.Journaling.Tests.Support.JournalSteps;

namespace Reeve.Journaling.Tests;

public sealed class AppendQueueTests
{
    [Fact]
    public async Task A_batch_is_taken_when_room_comes_in_the_middle_of_asking_for_it()
    {
        using var disk = new MemoryDisk();
        var options = new JournalOptions { Folder = "/journal", MaxPendingBytes = 100 };
        using var queue = new AppendQueue(options, new SegmentList(disk, options.Folder, []), new BlockState(null), next: 1);
        using var held = Batch(new string('x', 100));
        var first = await queue.AppendAsync(held, Ct);
        // The writer ends its group after the queue has said "full" and before the caller has heard it.
        queue.Wake = () =>
        {
            if (queue.Take() is not null)
                queue.Complete();
        };

        using var next = Batch("next");
        var second = await queue.AppendAsync(next, Ct);

        Assert.Equal(first.End, second.First);
        Assert.Equal(second.End, queue.Next);
        // The wake that told of the second batch wrote it as well.
        Assert.Equal(second.End, queue.DurableEnd);
    }
}
