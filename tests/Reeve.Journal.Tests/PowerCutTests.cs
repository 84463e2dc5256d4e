using Reeve.Journaling.Tests.Support;

namespace Reeve.Journaling.Tests;

public sealed class PowerCutTests
{
    [Fact]
    public Task Nothing_acknowledged_is_lost_at_a_thousand_power_cuts() => Histories(1, 700, new DiskFaults());

    [Fact]
    public Task Nothing_acknowledged_is_lost_when_reads_and_writes_are_short() =>
        Histories(1000, 150, new DiskFaults { ShortReads = 0.3, ShortWrites = 0.3 });

    [Fact]
    public Task Nothing_acknowledged_is_lost_when_the_disk_is_full_now_and_then() =>
        Histories(2000, 150, new DiskFaults { ShortReads = 0.1, ShortWrites = 0.1, NoSpace = 0.05 });

    [Fact]
    public Task Nothing_acknowledged_is_lost_when_fsync_fails_now_and_then() =>
        Histories(3000, 150, new DiskFaults { ShortReads = 0.1, ShortWrites = 0.1, NoSpace = 0.02, FailedSyncs = 0.05 });

    private static async Task Histories(int firstSeed, int count, DiskFaults faults)
    {
        var cuts = 0;
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var history = new JournalHistory(seed);
            try
            {
                await history.Run(lives: 4, faults);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"with seed {seed}: {error.Message}", error);
            }

            cuts += history.PowerCuts;
        }

        Assert.True(cuts >= 3 * count / 2, $"only {cuts} power cuts");
    }
}
