using System.Data.Common;
using System.Globalization;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query;
using Reeve.Store.Query.Sql;

namespace Reeve.Store.Findings;

/// <summary>Typed reads of the findings. Thread-safe; fails with <see cref="ClickHouseException"/>.</summary>
/// <param name="store">The store, whose schema is current.</param>
public sealed class FindingSearch(IClickHouse store)
{
    private const int Most = 1_000;

    private const string Columns =
        "id, kind, rule, level, time, found, day, retention, cluster, source, host, server, seq, toString(request_key), "
        + "actor, verb, resource, subresource, ns, name, summary, detail";

    /// <summary>The findings about some events, by event, in the order of their kinds; at most 1,000.</summary>
    /// <param name="events">The events, by id and time.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<ILookup<EventId, Finding>> OfAsync(IReadOnlyCollection<StoredEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        var found = new List<Finding>();
        if (events.Count == 0)
            return found.ToLookup(finding => finding.Event);
        var parameters = new SqlParameters();
        var ids = parameters.Add([.. events.Select(row => row.Id.ToString())]);
        // A refused event is stored under the time of its receipt, its findings under its own.
        var (from, to) = (parameters.Add(events.Min(Earliest)), parameters.Add(events.Max(Latest)));
        var (first, last) = (parameters.Add(events.Min(row => row.Id.Sequence)), parameters.Add(events.Max(row => row.Id.Sequence)));
        var sql = $"SELECT {Columns} FROM findings WHERE time >= {from} AND time <= {to} AND seq >= {first} AND seq <= {last} "
            + $"AND has({ids}, concat(server, '-', toString(seq))) ORDER BY kind, rule, id LIMIT {Most}";
        await foreach (var finding in store.QueryAsync(sql, parameters.Values, Read, ReadLimits.Interactive, cancellationToken))
            found.Add(finding);
        return found.ToLookup(finding => finding.Event);
    }

    private static DateTime Earliest(StoredEvent row) => row.Time < row.Received ? row.Time : row.Received;

    private static DateTime Latest(StoredEvent row) => row.Time > row.Received ? row.Time : row.Received;

    private static Finding Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Kind = row.GetString(1),
        Rule = row.GetString(2),
        Level = row.GetString(3),
        Time = StoredEventRow.Utc(row.GetDateTime(4)),
        Found = StoredEventRow.Utc(row.GetDateTime(5)),
        Day = DateOnly.FromDateTime(row.GetDateTime(6)),
        Retention = row.GetFieldValue<byte>(7),
        Cluster = row.GetString(8),
        Source = row.GetString(9),
        Host = row.GetString(10),
        Event = new EventId(row.GetString(11), row.GetFieldValue<ulong>(12)),
        RequestKey = UInt128.Parse(row.GetString(13), CultureInfo.InvariantCulture),
        Actor = row.GetString(14),
        Verb = row.GetString(15),
        Resource = row.GetString(16),
        Subresource = row.GetString(17),
        Namespace = row.GetString(18),
        Name = row.GetString(19),
        Summary = row.GetString(20),
        Detail = row.GetString(21),
    };
}
