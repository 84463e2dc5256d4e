using System.Data.Common;
using Reeve.Audit;
using Reeve.Audit.Fields;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query.Parsing;
using Reeve.Store.Query.Sql;

namespace Reeve.Store.Query;

/// <summary>
/// Typed reads of the stored events. Thread-safe. Each runs under <see cref="ReadLimits.Interactive"/>, fails with
/// <see cref="ClickHouseException"/>, and is ended in the store when it is cancelled.
/// </summary>
/// <param name="store">The store, whose schema is current.</param>
public sealed class EventSearch(IClickHouse store)
{
    /// <summary>Most rows of a page.</summary>
    public const int MaxPage = 10_000;

    /// <summary>Most buckets of a histogram.</summary>
    public const int MaxBuckets = 1_000;

    /// <summary>A page of events.</summary>
    /// <exception cref="ArgumentException">The limit is out of range, or <see cref="SearchRequest.After"/> is no place this class gave.</exception>
    public async Task<SearchPage> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Limit, 1, nameof(request));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Limit, MaxPage, nameof(request));
        var after = default(PageKey?);
        if (request.After is not null)
            after = PageKey.TryParse(request.After, out var key) ? key : throw new ArgumentException("the place to go on from is none that a page gave", nameof(request));
        var parameters = new SqlParameters();
        var rows = await ListAsync(EventSql.Page(request, after, parameters), parameters, StoredEventRow.Read, cancellationToken);
        if (rows.Count <= request.Limit)
            return new SearchPage(rows, null);
        rows.RemoveAt(request.Limit);
        return new SearchPage(rows, PageKey.Of(rows[^1]).ToString());
    }

    /// <summary>How the events lie in time, in at most <paramref name="buckets"/> + 1 buckets of a readable width from one second up.</summary>
    /// <param name="query">Which events; an open side of its range ends where the stored events do.</param>
    /// <param name="buckets">1 to <see cref="MaxBuckets"/>.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<EventHistogram> HistogramAsync(EventQuery query, int buckets, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buckets, MaxBuckets);
        if (await BoundAsync(query.Range, cancellationToken) is not var (from, to) || from >= to)
            return new EventHistogram(TimeSpan.FromSeconds(1), []);
        var bounded = query with { Range = new TimeRange(from, to) };
        var width = BucketWidth.For(to - from, buckets);
        var parameters = new SqlParameters();
        var sql = query.Filter is null && width >= 60
            ? EventSql.HistogramOfMinutes(bounded, from, to, width, parameters)
            : EventSql.Histogram(bounded, width, parameters);
        var counts = await ListAsync(sql, parameters, Count, cancellationToken);
        return HistogramShape.Fill(from, to, width, counts);
    }

    /// <summary>How many events, from when to when, and the most frequent values of a field.</summary>
    /// <param name="query">Which events.</param>
    /// <param name="by">The field's name as in a filter; null for none.</param>
    /// <param name="top">Most values, 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="ArgumentException">There is no such field, or it has no values to count.</exception>
    public async Task<EventStats> StatsAsync(EventQuery query, string? by, int top, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top, MaxPage);
        var values = by is null ? [] : await TopAsync(query, by, top, cancellationToken);
        var parameters = new SqlParameters();
        var totals = await ListAsync(
            $"SELECT count(), min(time), max(time) FROM events WHERE {EventSql.Where(query, parameters)}", parameters, Extent, cancellationToken);
        return new EventStats(totals[0].Total, totals[0].First, totals[0].Last, values);
    }

    /// <summary>One event with its JSON; null where there is none of that id.</summary>
    public async Task<StoredEvent?> GetAsync(string id, CancellationToken cancellationToken)
    {
        if (!EventId.TryParse(id, out var parsed))
            return null;
        var parameters = new SqlParameters();
        var where = $"server = {parameters.Add(parsed.Server)} AND seq = {parameters.Add(parsed.Sequence)}";
        var rows = await ListAsync(
            $"SELECT {StoredEventRow.Columns(withRaw: true)} FROM events WHERE {where} LIMIT 1", parameters, StoredEventRow.Read, cancellationToken);
        return rows.Count > 0 ? rows[0] : null;
    }

    /// <summary>
    /// Every stored stage of the request an event belongs to, earliest first, the event itself among them; without JSON. Stages are
    /// alike in cluster, auditID, URI and time of receipt by the apiserver; an event without auditID is a request of its own.
    /// </summary>
    public async Task<IReadOnlyList<StoredEvent>> StagesAsync(StoredEvent of, CancellationToken cancellationToken)
    {
        if (of.AuditId.Length == 0)
            return [of];
        var parameters = new SqlParameters();
        var server = parameters.Add(of.Id.Server);
        var sequence = parameters.Add(of.Id.Sequence);
        var same = $"cluster = {parameters.Add(of.Cluster)} AND audit_id = {parameters.Add(of.AuditId)} AND uri = {parameters.Add(of.Uri)}";
        const string Received = "JSONExtractString(raw, 'requestReceivedTimestamp')";
        var own = $"(SELECT {Received} FROM events WHERE server = {server} AND seq = {sequence} LIMIT 1)";
        return await ListAsync(
            $"SELECT {StoredEventRow.Columns(withRaw: false)} FROM events WHERE {same} AND {Received} = {own} ORDER BY time, server, seq LIMIT 100",
            parameters, StoredEventRow.Read, cancellationToken);
    }

    /// <summary>What the store holds; cheap at any size.</summary>
    public async Task<StoreExtent> ExtentAsync(CancellationToken cancellationToken)
    {
        var none = new SqlParameters();
        var minutes = await ListAsync("SELECT sum(events), min(minute), max(minute) FROM events_minute", none, Extent, cancellationToken);
        if (minutes[0] is not { Total: > 0, First: { } first, Last: { } last })
            return new StoreExtent(0, null, null);
        var parameters = new SqlParameters();
        var (early, late) = (parameters.Add(first.AddMinutes(1)), parameters.Add(last));
        var exact = await ListAsync(
            $"SELECT count(), min(time), max(time) FROM events WHERE time < {early} OR time >= {late}", parameters, Extent, cancellationToken);
        return exact[0] with { Total = minutes[0].Total };
    }

    private async Task<(DateTime From, DateTime To)?> BoundAsync(TimeRange range, CancellationToken cancellationToken)
    {
        if (range is { From: { } from, To: { } to })
            return (from, to);
        var extent = await ExtentAsync(cancellationToken);
        if (extent is not { First: { } first, Last: { } last })
            return null;
        return (range.From ?? first, range.To ?? last.AddTicks(TimeSpan.TicksPerMicrosecond));
    }

    private async Task<IReadOnlyList<ValueCount>> TopAsync(EventQuery query, string by, int top, CancellationToken cancellationToken)
    {
        var field = QueryFields.Find(by) ?? throw new ArgumentException($"'{by}' is no field", nameof(by));
        var parameters = new SqlParameters();
        var value = ValueSql.Of(field, parameters) ?? throw new ArgumentException($"the values of '{by}' cannot be counted", nameof(by));
        return await ListAsync(
            $"SELECT {value} AS value, count() AS events FROM events WHERE {EventSql.Where(query, parameters)} "
            + $"GROUP BY value ORDER BY events DESC, value LIMIT {top}",
            parameters, row => new ValueCount(row.GetString(0), (long)row.GetFieldValue<ulong>(1)), cancellationToken);
    }

    private static BucketCount Count(DbDataReader row) =>
        new(row.GetInt64(0), EventNames.Category(row.GetString(1)), (long)row.GetFieldValue<ulong>(2));

    private static StoreExtent Extent(DbDataReader row)
    {
        var total = (long)row.GetFieldValue<ulong>(0);
        return total == 0
            ? new StoreExtent(0, null, null)
            : new StoreExtent(total, StoredEventRow.Utc(row.GetDateTime(1)), StoredEventRow.Utc(row.GetDateTime(2)));
    }

    private async Task<List<T>> ListAsync<T>(string sql, SqlParameters parameters, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await foreach (var row in store.QueryAsync(sql, parameters.Values, map, ReadLimits.Interactive, cancellationToken))
            rows.Add(row);
        return rows;
    }
}
