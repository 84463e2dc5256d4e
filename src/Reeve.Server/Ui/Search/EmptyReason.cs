using Reeve.Server.Ui.Filters;
using Reeve.Server.Ui.Reads;
using Reeve.Server.Ui.Time;
using Reeve.Store.Query;
using Reeve.Store.Query.Parsing;

namespace Reeve.Server.Ui.Search;

/// <summary>Why a search found nothing, so that the page can say what to do next.</summary>
/// <param name="InStore">All events there are, whatever filter and range.</param>
/// <param name="OutsideRange">What the filter finds without the range.</param>
/// <param name="Looser">What is found in the range when one term is left out, most first.</param>
public sealed record EmptyReason(StoreExtent InStore, EventStats OutsideRange, IReadOnlyList<LooserFilter> Looser)
{
    private const int MaxTries = 5;

    /// <summary>Finds the reason.</summary>
    public static async Task<EmptyReason> FindAsync(IEventReads reads, EventQuery query, string filter, CancellationToken cancel)
    {
        var everywhere = query with { Range = default };
        var all = await reads.ExtentAsync(cancel);
        if (all.Total == 0)
            return new EmptyReason(all, new EventStats(0, null, null, []), []);
        var outside = await reads.StatsAsync(everywhere, by: null, top: 1, cancel);
        var looser = new List<LooserFilter>();
        foreach (var (term, rest) in FilterTerm.LooserThan(filter).Take(MaxTries))
        {
            if (QueryParser.TryParse(rest, out var tree, out _) && (await reads.StatsAsync(query with { Filter = tree }, by: null, top: 1, cancel)).Total is > 0 and var count)
                looser.Add(new LooserFilter(term, rest, count));
        }
        return new EmptyReason(all, outside, [.. looser.OrderByDescending(found => found.Count)]);
    }

    /// <summary>The range in which the newest of <paramref name="found"/> lie: up to a day before the newest.</summary>
    public static TimeSelection? RangeOf(EventStats found) =>
        found is { First: { } first, Last: { } last } ? RangeOf(first, last) : null;

    /// <summary>The range in which the newest of the events between two times lie: up to a day before the newest.</summary>
    public static TimeSelection RangeOf(DateTime first, DateTime last)
    {
        var dayBefore = last.AddDays(-1);
        var from = first > dayBefore ? first : dayBefore;
        return new TimeSelection.Between(Minute(from), Minute(last).AddMinutes(1));
    }

    private static DateTime Minute(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);
}

/// <summary>A filter with one term less.</summary>
/// <param name="Term">The term left out.</param>
/// <param name="Filter">What remains.</param>
/// <param name="Count">What it finds.</param>
public sealed record LooserFilter(string Term, string Filter, long Count);
