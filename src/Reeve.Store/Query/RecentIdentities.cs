using System.Data.Common;
using System.Numerics;
using System.Runtime.InteropServices;
using Reeve.Store.ClickHouse;

namespace Reeve.Store.Query;

/// <summary>Reads what the store received lately, so that a server that starts knows duplicates again. Thread-safe.</summary>
/// <param name="store">The store, whose schema is current.</param>
public sealed class RecentIdentities(IClickHouse store)
{
    private const string Sql = """
        SELECT received, fingerprint, request_key, primary FROM events
        WHERE received >= {since:DateTime64(6, 'UTC')} AND (fingerprint != 0 OR primary)
        ORDER BY received DESC LIMIT {most:UInt64}
        """;

    private static readonly ReadLimits Limits = ReadLimits.Analysis with { MemoryBytes = 1L << 30 };

    /// <summary>The identities of the newest events received since then, the newest first.</summary>
    /// <param name="since">UTC.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="ClickHouseException">The store failed.</exception>
    public IAsyncEnumerable<RecentIdentity> ReadAsync(DateTime since, long most, CancellationToken cancellationToken) =>
        store.QueryAsync(
            Sql,
            new Dictionary<string, object>(StringComparer.Ordinal) { ["since"] = since, ["most"] = (ulong)most },
            Read,
            Limits,
            cancellationToken);

    private static RecentIdentity Read(DbDataReader row) => new(
        row.GetDateTime(0), (UInt128)row.GetFieldValue<BigInteger>(1), (UInt128)row.GetFieldValue<BigInteger>(2), row.GetBoolean(3));
}

/// <summary>What tells an event from others.</summary>
/// <param name="Received">When it was received, UTC.</param>
/// <param name="Fingerprint">Equal on byte-identical deliveries; 0 for events that are never duplicates.</param>
/// <param name="RequestKey">Equal on all stages of a request.</param>
/// <param name="Primary">Whether its row stands for the request.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RecentIdentity(DateTime Received, UInt128 Fingerprint, UInt128 RequestKey, bool Primary);
