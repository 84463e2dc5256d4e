using Reeve.Store.ClickHouse;
using Reeve.Store.Loading;
using Reeve.Store.Query.Sql;

namespace Reeve.Store.Findings;

/// <summary>
/// Adds findings of one partition, each once: what is there already is left out, and what was sent is looked for. A plain MergeTree that
/// was killed after it noted the token and before the rows were in place answers success to rows that it has lost.
/// </summary>
internal sealed class FindingInsert(IClickHouse store, bool replicated)
{
    private const string Table = "findings";

    private static readonly ReadLimits Limits = new(TimeSpan.FromMinutes(1), 256L << 20, 1, 1);

    /// <summary>Adds findings of one day and retention class; answers those that were not there.</summary>
    /// <exception cref="ClickHouseException">Some may be there and others not; called again, it goes on.</exception>
    public async Task<IReadOnlyList<Finding>> AddAsync(IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        IReadOnlyList<Finding> added = [];
        for (var round = 0; ; round++)
        {
            var missing = await MissingAsync(findings, cancellationToken);
            if (round == 0)
                added = missing;
            if (missing.Count == 0)
                return added;
            using var rows = new RowBinaryWriter();
            foreach (var finding in missing)
                FindingRowEncoder.Append(finding, rows);
            await store.InsertAsync(Table, FindingRowEncoder.Columns, new RowsContent(rows, 0, rows.Rows), Token(missing, round), cancellationToken);
            // A replicated table notes a token and its rows in one step, and another replica may not have them yet.
            if (replicated)
                return added;
        }
    }

    // Equal for equal rows, so that an insert whose answer was lost is known again. A token that was noted without its rows is worth
    // nothing: each round has its own.
    private static string Token(IReadOnlyList<Finding> findings, int round)
    {
        var all = FindingId.Of([.. findings.Select(finding => finding.Id)]);
        return round == 0 ? $"findings-{all}" : $"findings-{all}-again-{round}";
    }

    private async Task<IReadOnlyList<Finding>> MissingAsync(IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        var parameters = new SqlParameters();
        var from = parameters.Add(findings.Min(finding => finding.Time).AddSeconds(-1));
        var to = parameters.Add(findings.Max(finding => finding.Time).AddSeconds(1));
        var ids = parameters.Add([.. findings.Select(finding => finding.Id)]);
        var stored = new HashSet<string>(StringComparer.Ordinal);
        var sql = $"SELECT id FROM {Table} WHERE time >= {from} AND time <= {to} AND has({ids}, id)";
        await foreach (var id in store.QueryAsync(sql, parameters.Values, row => row.GetString(0), Limits, cancellationToken))
            stored.Add(id);
        return [.. findings.Where(finding => !stored.Contains(finding.Id))];
    }
}
