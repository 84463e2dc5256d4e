using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>One INSERT whose rows are the request's body, handed to the engine as they arrive.</summary>
internal sealed class InsertExecution(StoreEngine engine, HttpContext context, QueryRequest request, QueryResponse response, TimeProvider time)
    : Execution(engine, context, request, time)
{
    private readonly StoreEngine _engine = engine;

    public async Task RunAsync(string insert, string format)
    {
        using var lease = await _engine.Writer.RentAsync(Aborted);
        var body = Context.Request.BodyReader;
        if (lease is null)
        {
            await FailAsync(body, ChdbError.TooMany());
            return;
        }

        lease.Faulted = true;
        if (Prepare(lease.Connection) is { } unprepared)
        {
            await FailAsync(body, unprepared);
            return;
        }

        using var stream = await CallAsync(() => lease.Connection.StreamInsert(insert, format));
        if (stream.Error is { } refused)
        {
            await FailAsync(body, refused);
            return;
        }

        await SendAsync(body, stream.Append);
        using var result = await CallAsync(stream.Finish);
        if (result.Error is { } error)
        {
            await FailAsync(body, error);
            return;
        }

        response.Succeed(Request.Format, result.RowsWritten);
        lease.Faulted = !Restore(lease.Connection);
    }

    /// <summary>Answers only after the whole body is read: a client that is still sending would see a broken pipe, not the reason.</summary>
    private async Task FailAsync(PipeReader body, string error)
    {
        await SendAsync(body, _ => true);
        await response.FailAsync(error);
    }

    private async Task SendAsync(PipeReader body, Taker take)
    {
        while (true)
        {
            var read = await body.ReadAsync(Aborted);
            var taken = true;
            foreach (var piece in read.Buffer)
                taken = taken && take(piece.Span);
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted || !taken)
                return;
        }
    }

    private delegate bool Taker(ReadOnlySpan<byte> bytes);
}
