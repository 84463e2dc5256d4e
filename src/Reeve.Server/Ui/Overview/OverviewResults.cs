using Reeve.Server.Ui.Reads;
using Reeve.Server.Ui.Time;
using Reeve.Store.Query;
using Reeve.Store.Query.Overview;

namespace Reeve.Server.Ui.Overview;

/// <summary>What the store says for an Overview.</summary>
/// <param name="Figures">The numbers; null where the store is empty.</param>
/// <param name="InStore">What the store holds at all; only asked where the numbers are nothing.</param>
/// <param name="Took">How long the store took.</param>
internal sealed record OverviewResults(OverviewFigures? Figures, StoreExtent? InStore, TimeSpan Took)
{
    /// <summary>The numbers where there is something to show.</summary>
    public OverviewFigures? Shown => InStore is null ? Figures : null;
}

/// <summary>Asks the store for what the Overview shows.</summary>
internal sealed class OverviewRunner(IOverviewReads reads, IEventReads events, TimeProvider clock)
{
    /// <summary>Bars of a chart, about.</summary>
    public const int Buckets = 72;

    /// <summary>Whose changes are shown where nobody chose: the account kubeadm makes for the administrator.</summary>
    public const string Administrator = "kubernetes-admin";

    // Chosen once for a range, so that the page does not change its mind while it follows.
    private (OverviewAddress Address, string Actor)? _chosen;

    /// <summary>Asks for everything at once.</summary>
    public async Task<OverviewResults> RunAsync(OverviewAddress address, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        if (await RangeAsync(address.Time, cancel) is not var (from, to))
            return new OverviewResults(null, new StoreExtent(0, null, null), clock.GetElapsedTime(started));
        var actor = address.Actor ?? (_chosen is { } chosen && chosen.Address == address ? chosen.Actor : Administrator);
        var request = new OverviewRequest(from, to, address.Cluster, actor, Buckets);
        var figures = await reads.ReadAsync(request, cancel);
        if (address.Actor is null && figures.Changes is { Total: 0, Actors: { Count: > 0 } actors })
        {
            actor = (actors.FirstOrDefault(other => IsPerson(other.Value)) ?? actors[0]).Value;
            figures = await reads.ReadAsync(request with { ChangesActor = actor }, cancel);
        }
        if (figures.Changes.Total > 0)
            _chosen = (address, actor);
        var isEmpty = figures.Requests.Count == 0 && figures.Unreadable.Count == 0;
        var extent = isEmpty && figures.Clusters.Count == 0 ? await events.ExtentAsync(cancel) : null;
        return new OverviewResults(figures, extent, clock.GetElapsedTime(started));
    }

    private static bool IsPerson(string actor) => !actor.StartsWith("system:", StringComparison.Ordinal);

    private async Task<(DateTime From, DateTime To)?> RangeAsync(TimeSelection time, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (from, to) = time.At(now);
        if (from is { } first)
            return (first, to ?? now.UtcDateTime);
        var all = await events.ExtentAsync(cancel);
        return all is { First: { } start, Last: { } end } ? (start, end.AddTicks(TimeSpan.TicksPerMicrosecond)) : null;
    }
}
