using System.Data.Common;
using Reeve.Store.ClickHouse;

namespace Reeve.Store.Loading;

/// <summary>What an event is recognised by when it comes again, or when another stage of its request comes.</summary>
/// <param name="Received">When it arrived, UTC.</param>
/// <param name="Fingerprint">Equal on byte-identical deliveries; zero for events that are never duplicates.</param>
/// <param name="RequestKey">Equal on all stages of its request.</param>
/// <param name="Primary">Whether its row stands for its request.</param>
public sealed record RecentIdentity(DateTime Received, UInt128 Fingerprint, UInt128 RequestKey, bool Primary);

/// <summary>Reads what the indexes of duplicates and requests are rebuilt from at start. The columns are kept for two days.</summary>
/// <param name="store">The store, whose schema is current.</param>
/// <param name="server">The server's id; events of others are left out.</param>
public sealed class RecentIdentities(IClickHouse store, string server)
{
    /// <summary>Most identities that are read: 20 million.</summary>
    public const int Most = 20_000_000;

    private static readonly ReadLimits Limits = new(TimeSpan.FromMinutes(10), 1L << 30, 2, 1);

    /// <summary>The identities of the events received since <paramref name="since"/>, in no order; the newest where there are more than <see cref="Most"/>.</summary>
    public async IAsyncEnumerable<RecentIdentity> ReadAsync(
        DateTime since, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parameters = new Query.Sql.SqlParameters();
        var where = $"server = {parameters.Add(server)} AND received >= {parameters.Add(since)}";
        // A duplicate of the oldest of too many is stored twice at worst; where to cut is found in the column of times alone.
        var cut = $"(SELECT ifNull(minOrNull(received), toDateTime64(0, 6)) FROM (SELECT received FROM events WHERE {where} ORDER BY received DESC LIMIT 1 OFFSET {Most}))";
        const string Halves = "toUInt64(bitShiftRight(fingerprint, 64)), toUInt64(bitAnd(fingerprint, 18446744073709551615)), "
            + "toUInt64(bitShiftRight(request_key, 64)), toUInt64(bitAnd(request_key, 18446744073709551615))";
        var sql = $"SELECT received, {Halves}, primary FROM events WHERE {where} AND received > {cut}";
        await foreach (var identity in store.QueryAsync(sql, parameters.Values, Read, Limits, cancellationToken))
            yield return identity;
    }

    private static RecentIdentity Read(DbDataReader row) => new(
        DateTime.SpecifyKind(row.GetDateTime(0), DateTimeKind.Utc),
        new UInt128(row.GetFieldValue<ulong>(1), row.GetFieldValue<ulong>(2)),
        new UInt128(row.GetFieldValue<ulong>(3), row.GetFieldValue<ulong>(4)),
        row.GetBoolean(5));
}
