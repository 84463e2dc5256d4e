using Reeve.Server.Pipeline;

namespace Reeve.Server.Tests.Pipeline;

public sealed class RecentEventsTests
{
    private static readonly DateTime Start = new(2026, 11, 23, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Full_window_takes_400_MB_at_most()
    {
        // Slots grow in proportion, so a twentieth of the window tells.
        const int Part = 20;
        var recent = new RecentEvents(RecentEvents.Capacity / Part);
        for (var i = 1; i <= 2 * RecentEvents.Capacity / Part; i++)
        {
            recent.TryAdd(new UInt128(0, (ulong)i), Start);
            recent.TryClaimPrimary(new UInt128(1, (ulong)i), Start);
        }

        Assert.InRange(recent.Bytes * Part, 300_000_000, 400_100_000);
    }

    [Fact]
    public void Event_and_claim_that_were_forgotten_are_new_again()
    {
        var recent = new RecentEvents();
        recent.TryAdd(7, Start);
        recent.TryAdd(8, Start);
        recent.TryClaimPrimary(7, Start);

        recent.Forget([7], [7]);

        Assert.True(recent.TryAdd(7, Start));
        Assert.True(recent.TryClaimPrimary(7, Start));
        Assert.False(recent.TryAdd(8, Start));
    }

    [Fact]
    public void Event_without_a_fingerprint_is_always_new()
    {
        var recent = new RecentEvents();

        Assert.True(recent.TryAdd(0, Start));
        Assert.True(recent.TryAdd(0, Start));
    }
}
