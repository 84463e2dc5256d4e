using Reeve.Store.ClickHouse;

namespace Reeve.Store.Findings;

/// <summary>
/// Where findings are kept, and what is asked of the stored events before one is made. Fails with <see cref="ClickHouseException"/>
/// while the store does not answer; every call may be repeated.
/// </summary>
public interface IFindingStore
{
    /// <summary>Adds findings; one whose id is there already is left as it is. Returns when they are durable.</summary>
    /// <returns>Those that were added.</returns>
    Task<IReadOnlyList<Finding>> AddAsync(IReadOnlyList<Finding> findings, CancellationToken cancellationToken);

    /// <summary>Which of some requests have a stored answer, among the events from a time on, for a day.</summary>
    /// <param name="requests">Request keys.</param>
    /// <param name="from">The earliest time, UTC.</param>
    /// <param name="to">The time after the latest, UTC.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<IReadOnlySet<UInt128>> AnsweredAsync(IReadOnlyCollection<UInt128> requests, DateTime from, DateTime to, CancellationToken cancellationToken);

    /// <summary>The stored events of some sequences of this server between two times; those that are not stored are left out.</summary>
    Task<IReadOnlyList<FoundEvent>> EventsAsync(IReadOnlyCollection<ulong> sequences, DateTime from, DateTime to, CancellationToken cancellationToken);
}
