using Reeve.Store.Loading;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Loading;

public sealed class RecentIdentitiesTests(SharedStores stores)
{
    [Fact]
    public async Task Identities_of_the_last_day_come_back_whole()
    {
        await using var store = await EventStore.CreateAsync(stores);
        // Columns older than two days lose their values, so the clock counts here.
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        now = new DateTime(now.Ticks / 10 * 10, DateTimeKind.Utc);
        var big = new UInt128(0xFEDC_BA98_7654_3210, 0x8000_0000_0000_0001);
        SampleEvent At(DateTime received, UInt128 fingerprint, bool primary) => Samples.Of(Samples.Json().ToJsonString()) is var sample
            ? sample with { Context = sample.Context with { Received = received, Fingerprint = fingerprint, RequestKey = ~fingerprint, Primary = primary } }
            : throw new InvalidOperationException();
        await store.InsertAsync(1, [At(now, big, true), At(now.AddHours(-1), 5, false), At(now.AddHours(-30), 6, true)]);

        var found = new List<RecentIdentity>();
        await foreach (var identity in new RecentIdentities(store.Client, Samples.Server).ReadAsync(now.AddHours(-24), TestContext.Current.CancellationToken))
            found.Add(identity);
        Assert.Equal(
            [new RecentIdentity(now.AddHours(-1), 5, ~(UInt128)5, false), new RecentIdentity(now, big, ~big, true)],
            found.OrderBy(identity => identity.Received));
    }
}
