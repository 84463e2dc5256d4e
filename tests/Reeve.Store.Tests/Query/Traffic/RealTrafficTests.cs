using Reeve.Audit;
using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Traffic;
using Reeve.Audit.Reading;
using Reeve.Store.Query;
using Reeve.Store.Query.Traffic;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Query.Traffic;

public sealed class RealTrafficTests(LoadedLogs logs) : IClassFixture<LoadedLogs>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "prod \"east\"")]
    public async Task Store_adds_up_real_traffic_as_the_counter_of_logs_does(bool hasNames, string? cluster)
    {
        var stored = await new TrafficSearch(logs.Client).ReadAsync(new TrafficRequest(default, cluster, hasNames), Cancel);

        var expected = Count(hasNames, logs.Logs.Events.Where(sample => cluster is null || sample.Context.Cluster == cluster));
        Assert.False(stored.IsSample || stored.IsWithoutPaths);
        Assert.Equal(Keyed(expected.Rows), Keyed(stored.Traffic.Rows));
        Assert.True(expected.Rows.Sum(row => row.ManagedBytes) > 100_000, "the logs have no managedFields to compare");
    }

    [Fact]
    public async Task Only_the_time_that_is_asked_for_counts()
    {
        var times = logs.Logs.Events.Where(sample => sample.Context.Integrity != Integrity.Unreadable).Select(sample => sample.Context.Time).ToList();
        var range = new TimeRange(times[100], times[2_000]);

        var stored = await new TrafficSearch(logs.Client).ReadAsync(new TrafficRequest(range), Cancel);

        Assert.Equal(1_900, stored.Traffic.Events);
        Assert.Equal((times[100], times[1_999]), (stored.Traffic.First, stored.Traffic.Last));
    }

    [Fact]
    public async Task Time_without_events_has_no_traffic()
    {
        var stored = await new TrafficSearch(logs.Client).ReadAsync(new TrafficRequest(new TimeRange(null, LoadedLogs.From.AddDays(-1))), Cancel);

        Assert.Equal(0, stored.Traffic.Events);
    }

    [Fact]
    public async Task Of_more_than_is_read_at_once_a_sample_stands_for_all()
    {
        var all = await new TrafficSearch(logs.Client).ReadAsync(new TrafficRequest(default), Cancel);
        var part = await new TrafficSearch(logs.Client) { MostBytes = all.Traffic.Bytes / 4 }.ReadAsync(new TrafficRequest(default), Cancel);

        Assert.True(part.IsSample);
        Assert.InRange((double)part.Read / all.Read, 0.05, 0.4);
        Assert.InRange(part.Traffic.Events / (double)all.Traffic.Events, 0.95, 1.05);
        Assert.InRange(part.Traffic.TimesADay / all.Traffic.TimesADay, 0.9, 1.1);
    }

    [Fact]
    public async Task Of_too_many_different_requests_paths_are_not_told_apart()
    {
        var all = await new TrafficSearch(logs.Client).ReadAsync(new TrafficRequest(default), Cancel);
        var crowded = await new TrafficSearch(logs.Client) { MostRows = all.Traffic.Rows.Length - 1 }.ReadAsync(new TrafficRequest(default), Cancel);

        Assert.True(crowded.IsWithoutPaths);
        Assert.Equal(all.Traffic.Events, crowded.Traffic.Events);
        Assert.All(crowded.Traffic.Rows, row => Assert.Equal("", row.Request.Path));
    }

    private static RecordedTraffic Count(bool hasNames, IEnumerable<SampleEvent> events)
    {
        var counter = new TrafficCounter(hasNames);
        var restorer = new EventRestorer();
        var auditEvent = new AuditEvent();
        foreach (var sample in events)
        {
            restorer.Restore(sample.Raw, auditEvent);
            counter.Add(auditEvent);
        }

        return counter.Count();
    }

    // What the counter tells apart by a name that no policy sees, the store does not.
    private static SortedDictionary<string, (long, long, long, long, long, long)> Keyed(IEnumerable<TrafficRow> rows) => new(
        rows.GroupBy(row => $"{row.Level} {row.Stage} {row.Request.User} {string.Join(',', row.Request.Groups)} {row.Request.Verb} {row.Request.Namespace} {row.Request.ApiGroup} {row.Request.Written} {row.Request.Name} {row.Request.Path} {row.Request.IsResource}")
            .ToDictionary(same => same.Key, same => (same.Sum(row => row.Events), same.Sum(row => row.Bytes), same.Sum(row => row.RequestBytes), same.Sum(row => row.ResponseBytes), same.Sum(row => row.ManagedBytes), same.Max(row => row.Largest))),
        StringComparer.Ordinal);
}
