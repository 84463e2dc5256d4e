using System.Data.Common;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query;
using Reeve.Store.Query.Sql;

namespace Reeve.Store.Findings;

/// <summary>The findings of one server in the store. Thread-safe for reads; one task adds.</summary>
/// <param name="store">The store, whose schema is current.</param>
/// <param name="server">The server's id.</param>
/// <param name="replicated">Whether the store's tables are replicated (a cluster).</param>
public sealed class FindingStore(IClickHouse store, string server, bool replicated) : IFindingStore
{
    private const int MostAtOnce = 1_000;

    private static readonly ReadLimits Limits = new(TimeSpan.FromMinutes(1), 512L << 20, 1, 3);

    private readonly FindingInsert _insert = new(store, replicated);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> AddAsync(IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var added = new List<Finding>();
        // Each partition by itself: an insert is one block, stored whole or not at all.
        foreach (var partition in findings.DistinctBy(finding => finding.Id).GroupBy(finding => (finding.Day, finding.Retention)))
        {
            foreach (var chunk in partition.Chunk(MostAtOnce))
                added.AddRange(await _insert.AddAsync(chunk, cancellationToken));
        }

        return added;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlySet<UInt128>> AnsweredAsync(
        IReadOnlyCollection<UInt128> requests, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var answered = new HashSet<UInt128>();
        foreach (var chunk in requests.Chunk(MostAtOnce))
        {
            var parameters = new SqlParameters();
            var keys = parameters.Add([.. chunk.Select(key => key.ToString(null, null))]);
            // The one primary row of a request is its first answer.
            var sql = $"SELECT DISTINCT toString(request_key) FROM events WHERE primary AND time >= {parameters.Add(from)} AND time < {parameters.Add(to)} "
                + $"AND request_key IN (SELECT toUInt128(arrayJoin({keys})))";
            await foreach (var key in store.QueryAsync(sql, parameters.Values, row => row.GetString(0), Limits, cancellationToken))
                answered.Add(UInt128.Parse(key, null));
        }

        return answered;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FoundEvent>> EventsAsync(
        IReadOnlyCollection<ulong> sequences, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        var events = new List<FoundEvent>();
        foreach (var chunk in sequences.Order().Chunk(MostAtOnce))
        {
            var parameters = new SqlParameters();
            var ids = parameters.Add([.. chunk.Select(sequence => sequence.ToString(null, null))]);
            var sql = "SELECT server, seq, time, day, retention, cluster, source, host, actor, verb, resource, subresource, ns, name, uri "
                + $"FROM events WHERE server = {parameters.Add(server)} AND time >= {parameters.Add(from)} AND time < {parameters.Add(to)} "
                + $"AND seq >= {parameters.Add(chunk[0])} AND seq <= {parameters.Add(chunk[^1])} AND seq IN (SELECT toUInt64(arrayJoin({ids})))";
            await foreach (var found in store.QueryAsync(sql, parameters.Values, Read, Limits, cancellationToken))
                events.Add(found);
        }

        return events;
    }

    private static FoundEvent Read(DbDataReader row) => new()
    {
        Id = new EventId(row.GetString(0), row.GetFieldValue<ulong>(1)),
        Time = StoredEventRow.Utc(row.GetDateTime(2)),
        Day = DateOnly.FromDateTime(row.GetDateTime(3)),
        Retention = row.GetFieldValue<byte>(4),
        Cluster = row.GetString(5),
        Source = row.GetString(6),
        Host = row.GetString(7),
        Actor = row.GetString(8),
        Verb = row.GetString(9),
        Resource = row.GetString(10),
        Subresource = row.GetString(11),
        Namespace = row.GetString(12),
        Name = row.GetString(13),
        Uri = row.GetString(14),
    };
}
