using Reeve.Audit;

namespace Reeve.Store.Query.Overview;

/// <summary>
/// The numbers of the Overview. Each comes with the filter that finds what it counts: a search for it from <see cref="From"/> to
/// <see cref="To"/> in the requests view counts the same, unless requests of that time arrive in between.
/// </summary>
public sealed record OverviewFigures
{
    /// <summary>The first time that is counted, UTC, a whole minute.</summary>
    public required DateTime From { get; init; }

    /// <summary>The time after the last that is counted, UTC, a whole minute.</summary>
    public required DateTime To { get; init; }

    /// <summary>The one cluster that is counted; null for all.</summary>
    public required string? Cluster { get; init; }

    /// <summary>All requests.</summary>
    public required OverviewCount Requests { get; init; }

    /// <summary>Records that are no event. They are no requests: their filter finds them in the view of all events.</summary>
    public required OverviewCount Unreadable { get; init; }

    /// <summary>Requests over time by category. Its buckets are those of <see cref="OverviewSeries.Counts"/> too.</summary>
    public required EventHistogram Categories { get; init; }

    /// <summary>Who.</summary>
    public required OverviewPanel Actors { get; init; }

    /// <summary>Where; the empty namespace is that of cluster-scoped requests.</summary>
    public required OverviewPanel Namespaces { get; init; }

    /// <summary>With which client: what stands before the first slash of the user agent, such as <c>kubectl</c>.</summary>
    public required OverviewPanel Tools { get; init; }

    /// <summary>Requests that the authorizer forbade, by address.</summary>
    public required OverviewPanel Denied { get; init; }

    /// <summary>Requests without valid credentials, by address.</summary>
    public required OverviewPanel FailedAuthentications { get; init; }

    /// <summary>Requests about secrets, by namespace and name; without a name where a list of them was read.</summary>
    public required OverviewPanel Secrets { get; init; }

    /// <summary>exec, attach, port-forward, proxy and ephemeral containers, by subresource and actor.</summary>
    public required OverviewPanel Interactive { get; init; }

    /// <summary>What one actor changed with kubectl.</summary>
    public required OverviewChanges Changes { get; init; }

    /// <summary>The clusters that have requests in the time, whichever is shown, the busiest first; at most 100.</summary>
    public required IReadOnlyList<ValueCount> Clusters { get; init; }

    /// <summary>The part of the time that a bar stands for: a search from and to these times counts what the bar does.</summary>
    /// <param name="bucket">The index of the bar.</param>
    public TimeRange RangeOf(int bucket)
    {
        var start = Categories.Buckets[bucket].Start;
        var end = start + Categories.Width;
        return new TimeRange(start < From ? From : start, end > To ? To : end);
    }

    /// <summary>The filter for requests of some categories, in the cluster that is shown.</summary>
    /// <param name="categories">One or more.</param>
    public string FilterOf(params IReadOnlyList<Category> categories) => new OverviewFilters(Cluster).Categories(categories);
}

/// <summary>A number and how to find what it counts.</summary>
/// <param name="Count">How many.</param>
/// <param name="Filter">The filter; empty for all.</param>
public sealed record OverviewCount(long Count, string Filter);

/// <summary>The most frequent of something.</summary>
/// <param name="Total">All requests that are counted, also those of rows beyond the first.</param>
/// <param name="Filter">The filter that finds them all; empty where it is every request.</param>
/// <param name="Rows">The most frequent first.</param>
public sealed record OverviewPanel(long Total, string Filter, IReadOnlyList<OverviewRow> Rows);

/// <summary>A row of a panel.</summary>
/// <param name="Label">In one line, for people; "(none)" for nothing.</param>
/// <param name="Values">
/// What the row stands for, each perhaps empty: an actor, a namespace, a tool or an address; a secret's namespace and name; a subresource
/// and an actor. One of 128 characters stands for all that begin so.
/// </param>
/// <param name="Count">How many requests.</param>
/// <param name="Filter">The filter that finds them.</param>
public sealed record OverviewRow(string Label, IReadOnlyList<string> Values, long Count, string Filter);

/// <summary>Objects that an actor created, changed and deleted with kubectl; only what the apiserver accepted (codes 200 to 299).</summary>
/// <param name="Actor">Who.</param>
/// <param name="Total">How many requests.</param>
/// <param name="Filter">The filter that finds them.</param>
/// <param name="Series">By kind of object and what was done, pods, deployments and services first, then the most frequent.</param>
/// <param name="Actors">Who changed something with kubectl in the time, and how often, the busiest first; at most 100.</param>
public sealed record OverviewChanges(
    string Actor, long Total, string Filter, IReadOnlyList<OverviewSeries> Series, IReadOnlyList<ValueCount> Actors);

/// <summary>What was done to one kind of object over time.</summary>
/// <param name="Resource">The kind, such as <c>deployments</c>.</param>
/// <param name="Change">What was done.</param>
/// <param name="Count">How often.</param>
/// <param name="Filter">The filter that finds the requests.</param>
/// <param name="Counts">One number for each bucket of <see cref="OverviewFigures.Categories"/>.</param>
public sealed record OverviewSeries(string Resource, ObjectChange Change, long Count, string Filter, IReadOnlyList<long> Counts);

/// <summary>What a request does to an object.</summary>
public enum ObjectChange
{
    /// <summary><c>create</c></summary>
    Created,

    /// <summary><c>update</c> or <c>patch</c></summary>
    Changed,

    /// <summary><c>delete</c> or <c>deletecollection</c></summary>
    Deleted,
}
