using System.Data.Common;
using Reeve.Store.ClickHouse;

namespace Reeve.Store.Tests.Findings;

/// <summary>A store that answers success to the first insert and has not kept it.</summary>
internal sealed class ForgetfulStore(IClickHouse store) : IClickHouse
{
    public List<string> Tokens { get; } = [];

    public Task CreateDatabaseAsync(CancellationToken cancellationToken) => store.CreateDatabaseAsync(cancellationToken);

    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) => store.ExecuteAsync(sql, cancellationToken);

    public Task InsertAsync(string table, IReadOnlyList<string> columns, HttpContent rows, string token, CancellationToken cancellationToken)
    {
        Tokens.Add(token);
        return Tokens.Count == 1 ? Task.CompletedTask : store.InsertAsync(table, columns, rows, token, cancellationToken);
    }

    public IAsyncEnumerable<T> QueryAsync<T>(
        string sql, IReadOnlyDictionary<string, object>? parameters, Func<DbDataReader, T> map, ReadLimits limits, CancellationToken cancellationToken) =>
        store.QueryAsync(sql, parameters, map, limits, cancellationToken);

    public Task PingAsync(CancellationToken cancellationToken) => store.PingAsync(cancellationToken);
}
