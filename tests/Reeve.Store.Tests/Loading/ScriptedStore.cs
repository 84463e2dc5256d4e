using System.Data.Common;
using System.Runtime.CompilerServices;
using Reeve.Store.ClickHouse;

namespace Reeve.Store.Tests.Loading;

/// <summary>A store in memory that remembers tokens as ClickHouse does, and fails as a script says.</summary>
internal sealed class ScriptedStore : IClickHouse
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _byToken = [];

    /// <summary>Every insert that was tried, in order.</summary>
    public List<string> Tries { get; } = [];

    /// <summary>What an insert answers; null is success. Gets the token and the bytes.</summary>
    public Func<string, byte[], ClickHouseException?> Answer { get; set; } = (_, _) => null;

    /// <summary>Called after each stored insert.</summary>
    public Action? Stored { get; set; }

    public IReadOnlyDictionary<string, byte[]> ByToken => _byToken;

    public async Task InsertAsync(string table, IReadOnlyList<string> columns, HttpContent rows, string token, CancellationToken cancellationToken)
    {
        var bytes = await rows.ReadAsByteArrayAsync(cancellationToken);
        lock (_gate)
        {
            Tries.Add(token);
            if (Answer(token, bytes) is { } failure)
                throw failure;
            _byToken.TryAdd(token, bytes);
        }

        Stored?.Invoke();
    }

    public async IAsyncEnumerable<T> QueryAsync<T>(
        string sql, IReadOnlyDictionary<string, object>? parameters, Func<DbDataReader, T> map, ReadLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        using var table = new System.Data.DataTable();
        table.Columns.Add("count", typeof(ulong));
        table.Rows.Add(0UL);
        using var reader = table.CreateDataReader();
        reader.Read();
        yield return map(reader);
    }

    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task CreateDatabaseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task PingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
