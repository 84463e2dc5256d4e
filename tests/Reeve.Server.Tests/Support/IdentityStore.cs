using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Reeve.Store.ClickHouse;

namespace Reeve.Server.Tests.Support;

/// <summary>A store that answers every query with <paramref name="rows"/> rows of identities, and waits before each.</summary>
internal sealed class IdentityStore(int rows, Func<int, CancellationToken, Task> beforeRow) : IClickHouse
{
    public Task CreateDatabaseAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task InsertAsync(string table, IReadOnlyList<string> columns, HttpContent rows, string token, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async IAsyncEnumerable<T> QueryAsync<T>(
        string sql,
        IReadOnlyDictionary<string, object>? parameters,
        Func<DbDataReader, T> map,
        ReadLimits limits,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var table = new DataTable();
        foreach (var type in new[] { typeof(DateTime), typeof(ulong), typeof(ulong), typeof(ulong), typeof(ulong), typeof(bool) })
            table.Columns.Add().DataType = type;
        for (var row = 1; row <= rows; row++)
            table.Rows.Add(new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc), 0UL, (ulong)row, 0UL, (ulong)row, true);
        await using var reader = table.CreateDataReader();
        for (var row = 1; await reader.ReadAsync(cancellationToken); row++)
        {
            await beforeRow(row, cancellationToken);
            yield return map(reader);
        }
    }

    public Task PingAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
