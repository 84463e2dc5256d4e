using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>Answers the part of ClickHouse's HTTP interface that Reeve's client and ClickHouse.Driver use. Thread-safe.</summary>
internal sealed class QueryHandler(StoreEngine engine, TimeProvider time)
{
    /// <summary>Formats whose blocks can follow each other; any other answer is made whole first.</summary>
    private static readonly string[] Streamed = [RowBinaryHeader.Format, "RowBinary", "TabSeparated", "TSV", "JSONEachRow", "CSV"];

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path == "/ping")
        {
            context.Response.Headers[StoreConnections.ProcessHeader] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
            await context.Response.WriteAsync("Ok.\n", context.RequestAborted);
            return;
        }

        if (!QueryRequest.TryRead(context.Request.Query, out var request, out var error))
        {
            await new QueryResponse(context, "").FailAsync(error);
            return;
        }

        var response = new QueryResponse(context, request.QueryId);
        if (context.Request.Path != "/")
            await response.FailAsync(ChdbError.Text(60, "There is no such page", "UNKNOWN_TABLE"));
        else if (request.Sql is not null && StatementText.TrySplitInsert(request.Sql, out var insert, out var format))
            await new InsertExecution(engine, context, request, response, time).RunAsync(insert, format);
        else if (await ReadStatementAsync(context, request.Sql) is not { } sql)
            await response.FailAsync(ChdbError.Text(62, "the statement is too long or no UTF-8", "SYNTAX_ERROR"));
        else
            await RunAsync(context, request, response, sql);
    }

    private async Task RunAsync(HttpContext context, QueryRequest request, QueryResponse response, string sql)
    {
        if (StatementText.KilledId(sql) is { } id)
        {
            engine.Kill(id);
            response.Succeed(request.Format, 0);
            return;
        }

        var (kind, statements) = engine.Classify(sql);
        if (statements > 1)
        {
            await response.FailAsync(ChdbError.Text(62, "Multi-statements are not allowed", "SYNTAX_ERROR"));
            return;
        }

        // What does not parse goes to a reader: its error text is the engine's own.
        var pool = kind is StatementKind.Read or StatementKind.Unknown ? engine.Readers : engine.Writer;
        using var lease = await pool.RentAsync(context.RequestAborted);
        if (lease is null)
            await response.FailAsync(ChdbError.TooMany());
        else
            await new QueryExecution(engine, context, request, response, time).RunAsync(lease, sql, kind);
    }

    public static bool CanStream(string format) => Streamed.Contains(format, StringComparer.Ordinal);

    public static async Task AnswerAsync(QueryResponse response, ChdbResult result, string format)
    {
        if (result.Error is { } error)
        {
            await response.FailAsync(error);
            return;
        }

        response.Succeed(format, result.RowsWritten);
        await response.WriteAsync(result, 0);
    }

    /// <summary>The statement of the URL and the body together, as ClickHouse does; null where it is too long or no UTF-8.</summary>
    private static async Task<string?> ReadStatementAsync(HttpContext context, string? start)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > QueryRequest.MaxSqlLength)
                return null;
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var bytes = read.Buffer.ToArray();
            reader.AdvanceTo(read.Buffer.End);
            if (!System.Text.Unicode.Utf8.IsValid(bytes))
                return null;
            return start is null ? Encoding.UTF8.GetString(bytes) : start + Encoding.UTF8.GetString(bytes);
        }
    }
}
