using Reeve.Store.Query.Parsing;

namespace Reeve.Store.Query;

/// <summary>Which events.</summary>
/// <param name="Filter">The filter; null for none.</param>
/// <param name="Range">When.</param>
/// <param name="View">Requests or all their stages.</param>
public sealed record EventQuery(QueryNode? Filter, TimeRange Range, EventView View = EventView.Requests);

/// <summary>Times from <paramref name="From"/> up to, not including, <paramref name="To"/>, UTC; null leaves a side open.</summary>
/// <param name="From">The first time.</param>
/// <param name="To">The time after the last.</param>
public readonly record struct TimeRange(DateTime? From, DateTime? To);

/// <summary>What a row stands for.</summary>
public enum EventView
{
    /// <summary>
    /// One row a request: its first response. Records that are no event are not among them. A filter that asks for findings finds every
    /// event that has them, whichever stage it is.
    /// </summary>
    Requests,

    /// <summary>Every stored event and unreadable record.</summary>
    Events,
}

/// <summary>A page of events.</summary>
/// <param name="Query">Which events.</param>
/// <param name="Limit">Most rows of the page, 1 to 10,000.</param>
/// <param name="Order">Newest or oldest first.</param>
/// <param name="After">The <see cref="SearchPage.Next"/> of the page before; null for the first.</param>
/// <param name="WithRaw">Whether the rows carry the event's JSON.</param>
public sealed record SearchRequest(
    EventQuery Query, int Limit = 100, SearchOrder Order = SearchOrder.NewestFirst, string? After = null, bool WithRaw = false);

/// <summary>In which order rows come.</summary>
public enum SearchOrder
{
    /// <summary>By time, the latest first.</summary>
    NewestFirst,

    /// <summary>By time, the earliest first.</summary>
    OldestFirst,
}

/// <summary>Rows of a search.</summary>
/// <param name="Rows">In the order asked for.</param>
/// <param name="Next">The place to go on from, opaque; null at the end.</param>
public sealed record SearchPage(IReadOnlyList<StoredEvent> Rows, string? Next);

/// <summary>How events lie in time.</summary>
/// <param name="Width">What each bucket covers.</param>
/// <param name="Buckets">Oldest first, without gaps, aligned to multiples of the width since 1970; the first and last may reach beyond the range asked for, but count only what is in it.</param>
public sealed record EventHistogram(TimeSpan Width, IReadOnlyList<HistogramBucket> Buckets);

/// <summary>One bar of a histogram.</summary>
/// <param name="Start">Its first time, UTC.</param>
/// <param name="Counts">Events by category, in the category's order in <see cref="Audit.Category"/>; only categories that have some.</param>
public sealed record HistogramBucket(DateTime Start, IReadOnlyDictionary<Audit.Category, long> Counts);

/// <summary>What a query finds, in numbers.</summary>
/// <param name="Total">How many events.</param>
/// <param name="First">The time of the earliest, UTC; null where there is none.</param>
/// <param name="Last">The time of the latest, UTC; null where there is none.</param>
/// <param name="Values">The most frequent values of the field asked for, most frequent first, then by value; empty without a field.</param>
public sealed record EventStats(long Total, DateTime? First, DateTime? Last, IReadOnlyList<ValueCount> Values);

/// <summary>A value and how many events have it.</summary>
/// <param name="Value">The value as text; empty for events without one.</param>
/// <param name="Count">How many.</param>
public sealed record ValueCount(string Value, long Count);

/// <summary>What the store holds.</summary>
/// <param name="Total">Events.</param>
/// <param name="First">The time of the earliest, UTC; null where the store is empty.</param>
/// <param name="Last">The time of the latest, UTC; null where the store is empty.</param>
public sealed record StoreExtent(long Total, DateTime? First, DateTime? Last);
