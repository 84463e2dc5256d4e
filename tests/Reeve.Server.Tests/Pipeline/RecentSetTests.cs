using CsCheck;
using Reeve.Server.Pipeline;

namespace Reeve.Server.Tests.Pipeline;

public sealed class RecentSetTests
{
    private static readonly DateTime Start = new(2026, 11, 23, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Key_is_new_once() =>
        Gen.ULong.Where(key => key != 0).Array[1, 5_000].Sample(keys =>
        {
            var set = new RecentSet<ulong>(1_000_000, TimeSpan.FromHours(24));
            var known = new HashSet<ulong>();
            foreach (var key in keys)
                Assert.Equal(known.Add(key), set.TryAdd(key, Start));
            Assert.Equal(known.Count, set.Count);
        }, iter: 50);

    [Fact]
    public void Keys_with_equal_low_bits_are_told_apart()
    {
        var set = new RecentSet<UInt128>(1_000, TimeSpan.FromHours(24));

        Assert.True(set.TryAdd(new UInt128(1, 7), Start));
        Assert.True(set.TryAdd(new UInt128(2, 7), Start));
        Assert.False(set.TryAdd(new UInt128(1, 7), Start));
    }

    [Fact]
    public void Default_key_is_always_new()
    {
        var set = new RecentSet<UInt128>(1_000, TimeSpan.FromHours(24));

        Assert.True(set.TryAdd(0, Start));
        Assert.True(set.TryAdd(0, Start));
        Assert.Equal(0, set.Count);
    }

    [Fact]
    public void Newest_three_quarters_of_the_capacity_are_remembered_and_memory_is_bounded()
    {
        const int Capacity = 8_000;
        var set = new RecentSet<ulong>(Capacity, TimeSpan.FromHours(24));
        for (ulong key = 1; key <= 100_000; key++)
            set.TryAdd(key * 0x9E3779B97F4A7C15, Start);

        Assert.InRange(set.Count, Capacity * 3 / 4, Capacity);
        for (ulong key = 100_000 - (Capacity * 3 / 4) + 1; key <= 100_000; key++)
            Assert.False(set.TryAdd(key * 0x9E3779B97F4A7C15, Start));
    }

    [Fact]
    public void Key_is_remembered_for_the_window_and_forgotten_soon_after()
    {
        var set = new RecentSet<ulong>(1_000_000, TimeSpan.FromHours(24));
        set.TryAdd(1, Start);
        for (var hour = 1; hour <= 21; hour++)
            set.TryAdd((ulong)hour + 100, Start.AddHours(hour));

        Assert.False(set.TryAdd(1, Start.AddHours(21)));
        for (var hour = 22; hour <= 60; hour++)
            set.TryAdd((ulong)hour + 100, Start.AddHours(hour));
        Assert.True(set.TryAdd(1, Start.AddHours(60)));
    }

    [Fact]
    public void Removed_key_is_new_again_and_every_other_is_still_known() =>
        Gen.ULong[1, 200].HashSet[1, 100].Select(Gen.Int[0, 99]).Sample((keys, which) =>
        {
            var set = new RecentSet<ulong>(200, TimeSpan.FromHours(24));
            foreach (var key in keys)
                set.TryAdd(key, Start);
            var removed = keys.ElementAt(which % keys.Count);

            set.Remove(removed);

            Assert.Equal(keys.Count - 1, set.Count);
            Assert.All(keys.Where(key => key != removed), key => Assert.False(set.TryAdd(key, Start)));
            Assert.True(set.TryAdd(removed, Start));
        }, iter: 500);
}
