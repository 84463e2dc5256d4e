using System.Collections.Immutable;
using System.Data.Common;
using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Traffic;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query.Overview;
using Reeve.Store.Query.Sql;

namespace Reeve.Store.Query.Traffic;

/// <summary>
/// Adds up the stored events as audit policies tell them apart. Of more than <see cref="MostBytes"/> a sample is read. Thread-safe. A read runs
/// under <see cref="ReadLimits.Interactive"/>, fails with <see cref="ClickHouseException"/>, and is ended in the store when it is cancelled.
/// </summary>
/// <param name="store">The store, whose schema is current.</param>
public sealed class TrafficSearch(IClickHouse store)
{
    // Of a longer time hours are chosen, which the store finds without looking at the rest.
    private static readonly TimeSpan LongestByMinute = TimeSpan.FromDays(2);

    /// <summary>The most JSON that is read, in bytes: about what a store on two cores reads in two seconds.</summary>
    public long MostBytes { get; init; } = 512L << 20;

    /// <summary>The most rows with a path or a name of their own.</summary>
    internal int MostRows { get; init; } = TrafficCounter.MostRows;

    /// <summary>The traffic of a time; empty where nothing was recorded.</summary>
    public async Task<StoredTraffic> ReadAsync(TrafficRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var isByHour = request.Range is not { From: { } from } || (request.Range.To ?? DateTime.MaxValue) - from > LongestByMinute;
        var slots = await ListAsync(sql => sql.Slots(isByHour), request, Slot, cancellationToken);
        if (slots.Count == 0)
            return StoredTraffic.None;
        var sample = TrafficSample.Of(slots, isByHour ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(1), MostBytes);
        var isApart = true;
        List<CountedRow> rows;
        try
        {
            rows = await ListAsync(sql => sql.Rows(sample, isByHour, isApart: true, MostRows), request, Row, cancellationToken);
        }
        catch (ClickHouseException crowd) when (crowd.Code == OverviewSql.TooManyGroups)
        {
            isApart = false;
            rows = await ListAsync(sql => sql.Rows(sample, isByHour, isApart: false, MostRows), request, Row, cancellationToken);
        }

        return Of(sample, request.Range, rows, isWithoutPaths: !isApart);
    }

    private static StoredTraffic Of(TrafficSample sample, TimeRange range, List<CountedRow> rows, bool isWithoutPaths)
    {
        var read = rows.Sum(row => row.Row.Events);
        if (read == 0)
            return StoredTraffic.None;
        if (sample.Slots is null)
            return new(new([.. rows.Select(row => row.Row)], rows.Min(row => row.First), rows.Max(row => row.Last)), read, read, isWithoutPaths);
        var times = (double)sample.Stored / read;
        var (first, last) = (range.From > sample.First ? range.From.Value : sample.First, range.To < sample.Last ? range.To.Value : sample.Last);
        return new(new([.. rows.Select(row => Times(row.Row, times))], first, last), read, Math.Max(read + 1, sample.Stored), isWithoutPaths);
    }

    private static TrafficRow Times(TrafficRow row, double times) => row with
    {
        Events = Rounded(row.Events * times),
        Bytes = Rounded(row.Bytes * times),
        RequestBytes = Rounded(row.RequestBytes * times),
        ResponseBytes = Rounded(row.ResponseBytes * times),
        ManagedBytes = Rounded(row.ManagedBytes * times),
    };

    private static long Rounded(double number) => (long)Math.Round(number);

    private static TrafficSlot Slot(DbDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));

    private static CountedRow Row(DbDataReader row)
    {
        var resource = row.GetString(5);
        var request = new PolicyRequest
        {
            User = row.GetString(0) is { Length: > 0 } user ? user : null,
            Groups = [.. row.GetFieldValue<string[]>(1)],
            Verb = row.GetString(2),
            Namespace = row.GetString(3),
            ApiGroup = row.GetString(4),
            IsResource = resource.Length > 0,
            Resource = resource,
            Subresource = row.GetString(6),
            Name = row.GetString(7),
            Path = Uri.UnescapeDataString(row.GetString(8)),
        };
        return new(
            new TrafficRow(request, Enum.Parse<AuditLevel>(row.GetString(9)), Enum.Parse<AuditStages>(row.GetString(10)))
            {
                Events = row.GetInt64(11),
                Bytes = row.GetInt64(12),
                RequestBytes = row.GetInt64(13),
                ResponseBytes = row.GetInt64(14),
                ManagedBytes = row.GetInt64(15),
                Largest = row.GetInt64(16),
            },
            StoredEventRow.Utc(row.GetDateTime(17)),
            StoredEventRow.Utc(row.GetDateTime(18)));
    }

    private async Task<List<T>> ListAsync<T>(Func<TrafficSql, string> statement, TrafficRequest request, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        var parameters = new SqlParameters();
        var rows = new List<T>();
        await foreach (var row in store.QueryAsync(statement(new TrafficSql(request, parameters)), parameters.Values, map, ReadLimits.Interactive, cancellationToken))
            rows.Add(row);
        return rows;
    }

    private sealed record CountedRow(TrafficRow Row, DateTime First, DateTime Last);
}
