using System.Data.Common;
using System.Runtime.CompilerServices;
using Reeve.Store.ClickHouse;

namespace Reeve.Server.Tests.Support;

/// <summary>A store that fails in one way; nothing that is tested with it may need a store that works.</summary>
internal sealed class FailingStore(StoreFailure failure) : IClickHouse
{
    public Task CreateDatabaseAsync(CancellationToken cancellationToken) => throw Failure();

    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) => throw Failure();

    public Task InsertAsync(string table, IReadOnlyList<string> columns, HttpContent rows, string token, CancellationToken cancellationToken) => throw Failure();

    public async IAsyncEnumerable<T> QueryAsync<T>(
        string sql,
        IReadOnlyDictionary<string, object>? parameters,
        Func<DbDataReader, T> map,
        ReadLimits limits,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (sql.Length > 0)
            throw Failure();
        yield break;
    }

    public Task PingAsync(CancellationToken cancellationToken) => throw Failure();

    private ClickHouseException Failure() => new("hunter2", failure);
}
