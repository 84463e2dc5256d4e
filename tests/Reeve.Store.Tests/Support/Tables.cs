using System.Buffers.Binary;
using System.Text;
using Reeve.Store.ClickHouse;

namespace Reeve.Store.Tests.Support;

/// <summary>A small table <c>(n UInt64, text String)</c> and rows for it.</summary>
internal static class Tables
{
    /// <summary>Makes a table of its own for one test; answers its name.</summary>
    public static async Task<string> CreateAsync(IClickHouse store)
    {
        var name = $"t_{Guid.NewGuid():N}";
        await store.ExecuteAsync(
            $"CREATE TABLE {name} (n UInt64, text String) ENGINE = MergeTree ORDER BY n "
            + "SETTINGS non_replicated_deduplication_window = 100, fsync_after_insert = 1, fsync_part_directory = 1",
            TestContext.Current.CancellationToken);
        return name;
    }

    /// <summary>RowBinary of so many rows from number <paramref name="first"/> on.</summary>
    public static HttpContent Rows(int first, int count) => new ReadOnlyMemoryContent(Bytes(first, count));

    public static byte[] Bytes(int first, int count)
    {
        using var bytes = new MemoryStream();
        Span<byte> number = stackalloc byte[8];
        for (var i = first; i < first + count; i++)
        {
            var text = Encoding.UTF8.GetBytes($"row '{i}' \\ \t é");
            BinaryPrimitives.WriteUInt64LittleEndian(number, (ulong)i);
            bytes.Write(number);
            bytes.WriteByte((byte)text.Length);
            bytes.Write(text);
        }

        return bytes.ToArray();
    }

    /// <summary>How many rows are stored and how many different numbers they have.</summary>
    public static async Task<(ulong Rows, ulong Numbers)> CountAsync(IClickHouse store, string table)
    {
        var counts = store.QueryAsync(
            $"SELECT count(), uniqExact(n) FROM {table}",
            null,
            r => (r.GetFieldValue<ulong>(0), r.GetFieldValue<ulong>(1)),
            ReadLimits.Interactive,
            TestContext.Current.CancellationToken);
        await foreach (var count in counts)
            return count;
        throw new InvalidOperationException("no row");
    }
}
