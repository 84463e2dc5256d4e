using CsCheck;
using Reeve.Server.Ui.Overview;
using Reeve.Server.Ui.Search;
using Reeve.Server.Ui.Time;

namespace Reeve.Server.Tests.Ui;

public sealed class AddressTests
{
    private static readonly DateTime Epoch = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly Gen<TimeSelection> Times = Gen.OneOf(
        Gen.Const<TimeSelection>(new TimeSelection.All()),
        Gen.Int[1, 3650 * 86400].Select(seconds => (TimeSelection)new TimeSelection.Last(TimeSpan.FromSeconds(seconds))),
        Gen.Select(Gen.Long[0, 1L << 50], Gen.Long[1, 1L << 45]).Select((from, length) =>
            (TimeSelection)new TimeSelection.Between(Epoch.AddTicks(from * 10), Epoch.AddTicks((from + length) * 10))));

    private static readonly Gen<SearchAddress> Addresses =
        Gen.Select(Gen.String, Times, Gen.Bool, Gen.Bool, Gen.String.Null()).Select((filter, time, local, all, id) => new SearchAddress
        {
            Filter = Valid(filter), Time = time, LocalTime = local, AllEvents = all, EventId = string.IsNullOrEmpty(id) ? null : Valid(id),
        });

    [Fact]
    public void What_a_page_shows_comes_back_from_its_address() =>
        Addresses.Sample(address => SearchAddress.Parse("http://h" + address) == address);

    [Fact]
    public void Any_address_can_be_read() => Gen.String.Sample(text => SearchAddress.Parse("/search?" + text) is not null);

    [Fact]
    public void What_an_overview_shows_comes_back_from_its_address() =>
        Gen.Select(Times, Gen.Bool, Gen.String, Gen.String).Select((time, local, cluster, actor) => new OverviewAddress
        {
            Time = time, LocalTime = local, Cluster = Valid(cluster) is { Length: > 0 } name ? name : null, Actor = Valid(actor) is { Length: > 0 } who ? who : null,
        }).Sample(address => OverviewAddress.Parse("http://h" + address) == address);

    [Theory]
    [InlineData("/search", "Last 24 hours")]
    [InlineData("/search?from=-15m", "Last 15 minutes")]
    [InlineData("/search?from=-60m", "Last hour")]
    [InlineData("/search?from=-7d", "Last 7 days")]
    [InlineData("/search?from=all", "All time")]
    [InlineData("/search?from=2026-11-23T03:15:00Z&to=2026-11-23T04:00:30Z", "2026-11-23 03:15 – 2026-11-23 04:00:30")]
    [InlineData("/search?from=2026-11-23T03:15:00Z", "Last 24 hours")]
    [InlineData("/search?from=2026-11-23T04:00:00Z&to=2026-11-23T03:00:00Z", "Last 24 hours")]
    [InlineData("/search?from=-99999999999d", "Last 24 hours")]
    public void A_range_is_said_in_words(string address, string words) =>
        Assert.Equal(words, SearchAddress.Parse(address).Time.Words(DisplayZone.Utc));

    [Fact]
    public void The_opened_event_and_the_time_zone_do_not_change_the_rows()
    {
        var address = SearchAddress.Parse("/search?q=verb:get&from=-1h");

        Assert.True(address.SameRows(address with { EventId = "a-1", LocalTime = true }));
        Assert.False(address.SameRows(address with { Filter = "verb:list" }));
        Assert.False(address.SameRows(address with { AllEvents = true }));
        Assert.False(address.SameRows(address with { Time = new TimeSelection.All() }));
    }

    // An address holds text; a lone surrogate is none.
    private static string Valid(string text) => string.Concat(text.Where(c => !char.IsSurrogate(c)));
}
