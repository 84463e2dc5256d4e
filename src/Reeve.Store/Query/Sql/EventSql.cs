using Reeve.Store.Query.Parsing;

namespace Reeve.Store.Query.Sql;

/// <summary>The statements of <see cref="EventSearch"/>.</summary>
internal static class EventSql
{
    /// <summary>The condition of a query, without WHERE.</summary>
    public static string Where(EventQuery query, SqlParameters parameters)
    {
        var conditions = InRange(query.Range, parameters);
        // Of an orphan no row stands for the request, and a finding may be about any stage.
        if (query.View == EventView.Requests && !AsksForFindings(query.Filter))
            conditions.Add("primary");
        if (query.Filter is not null)
            conditions.Add(new FilterSql(query.Range, parameters).Of(query.Filter));
        return conditions.Count == 0 ? "true" : string.Join(" AND ", conditions);
    }

    public static string Page(SearchRequest request, PageKey? after, SqlParameters parameters)
    {
        var newest = request.Order == SearchOrder.NewestFirst;
        var where = Where(request.Query, parameters);
        if (after is { } key)
            where += After(key, newest ? "<" : ">", parameters);
        var way = newest ? "DESC" : "ASC";
        return $"SELECT {StoredEventRow.Columns(request.WithRaw)} FROM events WHERE {where} "
            + $"ORDER BY time {way}, server {way}, seq {way} LIMIT {request.Limit + 1}";
    }

    /// <summary>Events by bucket and category; the bucket is its start in seconds since 1970.</summary>
    public static string Histogram(EventQuery query, int width, SqlParameters parameters) =>
        $"SELECT intDiv(toInt64(toUnixTimestamp(time)), {width}) * {width} AS bucket, category, count() AS events "
        + $"FROM events WHERE {Where(query, parameters)} GROUP BY bucket, category";

    /// <summary>The same for a query without filter: whole minutes from the roll-up, what is left at the ends from the events.</summary>
    public static string HistogramOfMinutes(EventQuery query, DateTime from, DateTime to, int width, SqlParameters parameters)
    {
        var first = CeilingMinute(from);
        var end = new DateTime(to.Ticks - (to.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);
        if (first >= end)
            return Histogram(query, width, parameters);
        var ends = new[] { new TimeRange(from, first), new TimeRange(end, to) }
            .Where(range => range.From < range.To)
            .Select(range => Histogram(query with { Range = range }, width, parameters));
        var primary = query.View == EventView.Requests ? " AND primary" : "";
        var minutes = $"SELECT intDiv(toInt64(toUnixTimestamp(minute)), {width}) * {width} AS bucket, category, sum(events) AS events "
            + $"FROM events_minute WHERE minute >= {parameters.Add(first)} AND minute < {parameters.Add(end)}{primary} GROUP BY bucket, category";
        return $"SELECT bucket, category, sum(events) AS events FROM ({string.Join(" UNION ALL ", ends.Prepend(minutes))}) GROUP BY bucket, category";
    }

    /// <summary>The conditions on <c>time</c> that a range makes.</summary>
    public static List<string> InRange(TimeRange range, SqlParameters parameters)
    {
        var conditions = new List<string>();
        if (range.From is { } from)
            conditions.Add($"time >= {parameters.Add(from)}");
        if (range.To is { } to)
            conditions.Add($"time < {parameters.Add(to)}");
        return conditions;
    }

    // Every event that is found has a finding.
    private static bool AsksForFindings(QueryNode? filter) => filter switch
    {
        AndNode and => and.Operands.Any(AsksForFindings),
        OrNode or => or.Operands.All(AsksForFindings),
        MatchNode match => match.Field.Kind == QueryFieldKind.Finding,
        ExistsNode exists => exists.Field.Kind == QueryFieldKind.Finding,
        _ => false,
    };

    // The first condition follows from the second, but only the first is seen by the index on time.
    private static string After(PageKey key, string way, SqlParameters parameters)
    {
        var time = parameters.Add(key.Time);
        var place = $"({time}, {parameters.Add(key.Id.Server)}, {parameters.Add(key.Id.Sequence)})";
        return $" AND time {way}= {time} AND (time, server, seq) {way} {place}";
    }

    private static DateTime CeilingMinute(DateTime time)
    {
        var beyond = time.Ticks % TimeSpan.TicksPerMinute;
        return beyond == 0 ? time : time.AddTicks(TimeSpan.TicksPerMinute - beyond);
    }
}
