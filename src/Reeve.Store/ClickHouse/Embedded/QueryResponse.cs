using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>Writes answers the way ClickHouse's HTTP interface does.</summary>
internal sealed class QueryResponse(HttpContext context, string queryId)
{
    private const int Piece = 128 << 10;
    private readonly string _tag = Guid.NewGuid().ToString("N")[..16];

    /// <summary>Answers with an error; throws when an answer had begun, which is how it is broken off.</summary>
    public async Task FailAsync(string error)
    {
        var code = ErrorText.CodeOf(error);
        if (context.Response.HasStarted)
        {
            await FailAfterStartAsync(error);
            return;
        }

        context.Response.StatusCode = ChdbError.StatusOf(code);
        context.Response.ContentType = "text/plain; charset=UTF-8";
        context.Response.Headers["X-ClickHouse-Query-Id"] = queryId;
        context.Response.Headers["X-ClickHouse-Exception-Code"] = code.ToString(CultureInfo.InvariantCulture);
        await context.Response.WriteAsync(error + "\n", context.RequestAborted);
    }

    /// <summary>Sets the headers of success; the body may follow.</summary>
    public void Succeed(string format, ulong rowsWritten)
    {
        var headers = context.Response.Headers;
        context.Response.ContentType = "application/octet-stream";
        headers["X-ClickHouse-Format"] = format;
        headers["X-ClickHouse-Query-Id"] = queryId;
        headers["X-ClickHouse-Timezone"] = "UTC";
        headers["X-ClickHouse-Exception-Tag"] = _tag;
        headers["X-ClickHouse-Summary"] =
            string.Create(CultureInfo.InvariantCulture, $"{{\"written_rows\":\"{rowsWritten}\"}}");
    }

    /// <summary>Writes a result's bytes from an offset on, waiting for the reader of the response.</summary>
    public async Task WriteAsync(ChdbResult result, int from)
    {
        var length = result.Length;
        for (long at = from; at < length; at += Piece)
        {
            var bytes = result.Slice(at, Piece);
            bytes.CopyTo(context.Response.BodyWriter.GetSpan(bytes.Length));
            context.Response.BodyWriter.Advance(bytes.Length);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
    }

    /// <summary>
    /// ClickHouse's in-band block for an error after the headers (<c>WriteBufferFromHTTPServerResponse</c>), and then no proper end:
    /// a client looks for the block only when the answer breaks off.
    /// </summary>
    private async Task FailAfterStartAsync(string error)
    {
        var size = Encoding.UTF8.GetByteCount(error) + 1;
        var block = string.Create(
            CultureInfo.InvariantCulture,
            $"__exception__\r\n{_tag}\r\n{error}\n{size} {_tag}\r\n__exception__\r\n");
        await context.Response.WriteAsync(block, context.RequestAborted);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        // Abort() would drop what is not sent yet; an exception makes Kestrel send it and hang up without the last chunk.
        throw new InvalidOperationException("the query failed after its answer had begun");
    }
}
