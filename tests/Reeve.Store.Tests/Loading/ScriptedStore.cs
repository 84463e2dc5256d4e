using System.Buffers.Binary;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Reeve.Store.ClickHouse;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Loading;

/// <summary>A store in memory that remembers tokens as ClickHouse does, and fails as a script says.</summary>
internal sealed class ScriptedStore : IClickHouse
{
    private readonly Lock _gate = new();
    private static readonly byte[] Server = [8, .. System.Text.Encoding.ASCII.GetBytes(Samples.Server)];

    private readonly Dictionary<string, byte[]> _byToken = [];
    private readonly HashSet<(string Token, ulong Sequence)> _noted = [];

    /// <summary>Every insert that was tried, in order.</summary>
    public List<string> Tries { get; } = [];

    /// <summary>What an insert answers; null is success. Gets the token and the bytes.</summary>
    public Func<string, byte[], ClickHouseException?> Answer { get; set; } = (_, _) => null;

    /// <summary>Which rows of an insert that fails are noted as stored all the same, as whole partitions can be; none.</summary>
    public Func<string, ulong, bool> NotedThough { get; set; } = (_, _) => false;

    /// <summary>Which rows that are noted as stored really are, where the store was not killed in between; all.</summary>
    public Func<string, ulong, bool> InPlace { get; set; } = (_, _) => true;

    /// <summary>The sequences of the rows that are stored, in the order of storing.</summary>
    public List<ulong> Rows { get; } = [];

    /// <summary>Called after each stored insert.</summary>
    public Action? Stored { get; set; }

    public IReadOnlyDictionary<string, byte[]> ByToken => _byToken;

    public async Task InsertAsync(string table, IReadOnlyList<string> columns, HttpContent rows, string token, CancellationToken cancellationToken)
    {
        var bytes = await rows.ReadAsByteArrayAsync(cancellationToken);
        lock (_gate)
        {
            Tries.Add(token);
            var failure = Answer(token, bytes);
            foreach (var sequence in SequencesIn(bytes).Where(sequence => failure is null || NotedThough(token, sequence)))
            {
                if (_noted.Add((token, sequence)) && InPlace(token, sequence))
                    Rows.Add(sequence);
            }

            if (failure is not null)
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
        table.Columns.Add("seq", typeof(ulong));
        lock (_gate)
        {
            foreach (var sequence in Rows.Where(row => row >= (ulong)parameters!["first"] && row <= (ulong)parameters["last"]))
                table.Rows.Add(sequence);
        }

        using var reader = table.CreateDataReader();
        while (reader.Read())
            yield return map(reader);
    }

    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task CreateDatabaseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task PingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static List<ulong> SequencesIn(ReadOnlySpan<byte> rows)
    {
        var sequences = new List<ulong>();
        for (var at = rows.IndexOf(Server); at >= 0; at = rows.IndexOf(Server))
        {
            rows = rows[(at + Server.Length)..];
            sequences.Add(BinaryPrimitives.ReadUInt64LittleEndian(rows));
        }

        return sequences;
    }
}
