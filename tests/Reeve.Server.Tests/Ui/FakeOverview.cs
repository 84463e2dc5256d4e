using Reeve.Audit;
using Reeve.Server.Ui.Overview;
using Reeve.Store.Query;
using Reeve.Store.Query.Overview;

namespace Reeve.Server.Tests.Ui;

/// <summary>Numbers in memory: what the store would say, whatever it is asked.</summary>
internal sealed class FakeOverview : IOverviewReads
{
    public List<OverviewRequest> Asked { get; } = [];

    /// <summary>Thrown by the next calls instead of an answer.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Changes the answer.</summary>
    public Func<OverviewRequest, OverviewFigures, OverviewFigures> Answer { get; set; } = (_, figures) => figures;

    public Task<OverviewFigures> ReadAsync(OverviewRequest request, CancellationToken cancellationToken)
    {
        Asked.Add(request);
        return Failure is null ? Task.FromResult(Answer(request, Nothing(request))) : Task.FromException<OverviewFigures>(Failure);
    }

    /// <summary>Some requests in the second of three bars, with every panel filled.</summary>
    public static OverviewFigures Some(OverviewRequest request, long requests = 7) => Nothing(request) with
    {
        Requests = new(requests, "all"),
        Categories = new EventHistogram(TimeSpan.FromHours(8), [.. Enumerable.Range(0, 3).Select(bar => new HistogramBucket(
            Minute(request.From).AddHours(8 * bar),
            bar == 1 ? new Dictionary<Category, long> { [Category.ResourceChange] = requests - 2, [Category.Authorization] = 2 } : []))]),
        Actors = Panel("actor", ("alice", requests - 2), ("bob", 2)),
        Namespaces = Panel("ns", ("shop", requests)),
        Tools = Panel("tool", ("kubectl", requests)),
        Denied = Panel("denied", ("10.0.0.1", 2)),
        Secrets = Panel("secrets", ("shop/db", 1)),
        Changes = new(request.ChangesActor, 5, "changes", [
            new("pods", ObjectChange.Created, 3, "pods created", [0, 3, 0]),
            new("pods", ObjectChange.Deleted, 1, "pods deleted", [0, 1, 0]),
            new("services", ObjectChange.Changed, 1, "services changed", [0, 1, 0])], [new(request.ChangesActor, 5)]),
        Clusters = [new("prod", requests)],
    };

    /// <summary>Nothing in the range.</summary>
    public static OverviewFigures Nothing(OverviewRequest request) => new()
    {
        From = Minute(request.From), To = Minute(request.To.AddTicks(TimeSpan.TicksPerMinute - 1)), Cluster = request.Cluster,
        Requests = new(0, ""), Unreadable = new(0, ""), Categories = new EventHistogram(TimeSpan.FromHours(8), []), Actors = Panel("actor"),
        Namespaces = Panel("ns"), Tools = Panel("tool"), Denied = Panel("denied"), FailedAuthentications = Panel("failed"), Secrets = Panel("secrets"),
        Interactive = Panel("interactive"), Changes = new(request.ChangesActor, 0, "changes", [], []), Clusters = [],
    };

    private static OverviewPanel Panel(string name, params (string Label, long Count)[] rows) =>
        new(rows.Sum(row => row.Count), name, [.. rows.Select(row => new OverviewRow(row.Label, [row.Label], row.Count, $"{name}:{row.Label}"))]);

    private static DateTime Minute(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);
}
