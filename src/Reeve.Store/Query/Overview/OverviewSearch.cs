using System.Data.Common;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query.Sql;

namespace Reeve.Store.Query.Overview;

/// <summary>
/// Reads the numbers of the Overview from the roll-ups; cheap at any number of events. Thread-safe. A read runs under
/// <see cref="ReadLimits.Interactive"/>, fails with <see cref="ClickHouseException"/>, and is ended in the store when it is cancelled.
/// </summary>
/// <param name="store">The store, whose schema is current.</param>
public sealed class OverviewSearch(IClickHouse store)
{
    /// <summary>Different actors, addresses, secrets and so on that are held in memory at once; beyond, a slower way needs less of it.</summary>
    internal int MostGroups { get; init; } = 500_000;

    /// <summary>The numbers of a time range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of bars is out of range.</exception>
    public async Task<OverviewFigures> ReadAsync(OverviewRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Buckets, 1, nameof(request));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Buckets, EventSearch.MaxBuckets, nameof(request));
        var span = OverviewSpan.Of(request);
        var rest = ListAsync(sql => sql.Rest());
        var counted = CountedAsync();
        await Task.WhenAll(rest, counted);
        return new OverviewAssembly(span, request, [.. await counted, .. await rest]).Figures();

        async Task<List<OverviewNumber>> CountedAsync()
        {
            try
            {
                return await ListAsync(sql => sql.Counted(MostGroups));
            }
            catch (ClickHouseException crowd) when (crowd.Code == OverviewSql.TooManyGroups)
            {
                return await ListAsync(sql => sql.CountedOfMany());
            }
        }

        Task<List<OverviewNumber>> ListAsync(Func<OverviewSql, string> statement)
        {
            var parameters = new SqlParameters();
            return ReadAsync(statement(new OverviewSql(span, request, parameters)), parameters, cancellationToken);
        }
    }

    private async Task<List<OverviewNumber>> ReadAsync(string sql, SqlParameters parameters, CancellationToken cancellationToken)
    {
        var rows = new List<OverviewNumber>();
        await foreach (var row in store.QueryAsync(sql, parameters.Values, Read, ReadLimits.Interactive, cancellationToken))
            rows.Add(row);
        return rows;
    }

    private static OverviewNumber Read(DbDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), row.GetString(2), (long)row.GetFieldValue<ulong>(3));
}

/// <summary>A row of the statement.</summary>
/// <param name="Part">One of <see cref="OverviewPart"/>.</param>
/// <param name="Bucket">Seconds since 1970, of a part over time.</param>
/// <param name="Text">What is counted.</param>
/// <param name="Number">How many requests.</param>
internal sealed record OverviewNumber(string Part, long Bucket, string Text, long Number);
