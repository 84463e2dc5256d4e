using Microsoft.AspNetCore.Http;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>One statement without data, from its settings to the last byte of its answer.</summary>
internal sealed class QueryExecution(StoreEngine engine, HttpContext context, QueryRequest request, QueryResponse response, TimeProvider time)
    : Execution(engine, context, request, time)
{
    public async Task RunAsync(ConnectionPool.Lease lease, string sql, StatementKind kind)
    {
        // Until the last line says otherwise: a connection left in the middle of something is never used again.
        lease.Faulted = true;
        var connection = lease.Connection;
        if (Prepare(connection) is { } error)
        {
            await response.FailAsync(error);
            return;
        }

        var format = StatementText.FormatOf(sql) ?? Request.Format;
        var done = kind == StatementKind.Read && QueryHandler.CanStream(format) && IsSelect(sql)
            ? await StreamAsync(connection, sql, format)
            : await AnswerWholeAsync(connection, sql, format);
        // SET and USE would stay.
        lease.Faulted = !done || kind == StatementKind.Control || !Restore(connection);
    }

    /// <summary>chdb streams SELECT only: SHOW, DESCRIBE, EXPLAIN and EXISTS answer whole.</summary>
    private static bool IsSelect(string sql)
    {
        var start = sql.AsSpan().TrimStart();
        return start.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase) || start.StartsWith("WITH", StringComparison.OrdinalIgnoreCase);
    }

    private async Task<bool> AnswerWholeAsync(ChdbConnection connection, string sql, string format)
    {
        using var result = await CallAsync(() => connection.Query(sql, Request.Format, Request.Parameters));
        await QueryHandler.AnswerAsync(response, result, format);
        return result.Error is null;
    }

    private async Task<bool> StreamAsync(ChdbConnection connection, string sql, string format)
    {
        using var stream = await CallAsync(() => connection.StreamQuery(sql, Request.Format, Request.Parameters));
        if (stream.Error is { } refused)
        {
            await response.FailAsync(refused);
            return false;
        }

        for (var first = true; ; first = false)
        {
            using var block = await CallAsync(stream.Fetch);
            if (block.Error is { } error)
            {
                await response.FailAsync(error);
                return false;
            }

            if (first)
                response.Succeed(format, 0);
            if (block.Length == 0)
                return true;
            var header = first || format != RowBinaryHeader.Format ? 0 : RowBinaryHeader.LengthOf(block.Slice(0, int.MaxValue));
            await response.WriteAsync(block, header);
        }
    }
}
