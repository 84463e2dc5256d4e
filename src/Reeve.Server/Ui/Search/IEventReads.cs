using Reeve.Store.Query.Parsing;

namespace Reeve.Server.Ui.Search;

/// <summary>
/// What the pages ask the store. Thread-safe. Each call fails with <see cref="Store.ClickHouse.ClickHouseException"/> when the
/// store does not do it, and ends on the server when it is cancelled.
/// </summary>
public interface IEventReads
{
    /// <summary>Up to <paramref name="count"/> rows, newest first, after the place <paramref name="after"/> of an earlier page.</summary>
    Task<RowPage> RowsAsync(RowsQuery query, string? after, int count, CancellationToken cancel);

    /// <summary>How the rows lie in time, in about <paramref name="buckets"/> equal parts. Needs both bounds of the range.</summary>
    Task<Histogram> HistogramAsync(RowsQuery query, int buckets, CancellationToken cancel);

    /// <summary>How many rows there are and when the first and the last was.</summary>
    Task<RowsExtent> ExtentAsync(RowsQuery query, CancellationToken cancel);

    /// <summary>One event with its raw text; null where there is none of that id.</summary>
    Task<EventDetail?> EventAsync(string id, CancellationToken cancel);

    /// <summary>Every stored stage of the request an event belongs to, in order, the event itself among them.</summary>
    Task<IReadOnlyList<EventRow>> StagesAsync(EventRow row, CancellationToken cancel);
}

/// <summary>Which rows.</summary>
/// <param name="Filter">The filter; null for none.</param>
/// <param name="From">The first time, UTC; null without bound.</param>
/// <param name="To">The time after the last, UTC; null without bound.</param>
/// <param name="AllEvents">Every event instead of one a request.</param>
public sealed record RowsQuery(QueryNode? Filter, DateTime? From, DateTime? To, bool AllEvents);

/// <summary>Some rows.</summary>
/// <param name="Rows">The rows, newest first.</param>
/// <param name="Next">The place to go on from; null at the end.</param>
public sealed record RowPage(IReadOnlyList<EventRow> Rows, string? Next);

/// <summary>How many rows there are, and when.</summary>
public sealed record RowsExtent(long Count, DateTime? First, DateTime? Last);

/// <summary>How rows lie in time.</summary>
/// <param name="Width">The time each bucket covers.</param>
/// <param name="Buckets">Without gaps, oldest first.</param>
public sealed record Histogram(TimeSpan Width, IReadOnlyList<HistogramBucket> Buckets)
{
    /// <summary>All rows.</summary>
    public long Total => Buckets.Sum(bucket => bucket.Counts.Values.Sum());
}

/// <summary>The rows of one part of the time.</summary>
/// <param name="Start">Its start, UTC.</param>
/// <param name="Counts">Rows of each category that has some.</param>
public sealed record HistogramBucket(DateTime Start, IReadOnlyDictionary<Audit.Category, long> Counts);

/// <summary>One event with the bytes that were stored.</summary>
public sealed record EventDetail(EventRow Row, string Raw);
