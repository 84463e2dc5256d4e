using Microsoft.AspNetCore.Http;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>What every statement on a lent connection has in common: its settings on and off again, and a kill when its client is gone.</summary>
internal abstract class Execution(StoreEngine engine, HttpContext context, QueryRequest request, TimeProvider time)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(50);

    protected HttpContext Context { get; } = context;

    protected QueryRequest Request { get; } = request;

    protected CancellationToken Aborted => Context.RequestAborted;

    /// <summary>Gives the connection the request's database and settings; the error's text where it cannot.</summary>
    protected string? Prepare(ChdbConnection connection)
    {
        if (connection.Database != Request.Database)
        {
            using var use = connection.Query($"USE {SqlText.Identifier(Request.Database)}", "Null");
            if (use.Error is { } unknown)
                return unknown;
            connection.Database = Request.Database;
        }

        using var set = connection.Query(Request.Apply(), "Null");
        return set.Error;
    }

    /// <summary>Takes the settings back. False where the connection must not be used again.</summary>
    protected bool Restore(ChdbConnection connection)
    {
        using var set = connection.Query(Request.Revert(), "Null");
        return set.Error is null;
    }

    /// <summary>Runs a blocking call of the engine off the caller's thread; when the client goes, kills the query until the call ends.</summary>
    protected async Task<T> CallAsync<T>(Func<T> call)
    {
        var running = Task.Run(call, CancellationToken.None);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (Aborted.Register(() => gone.TrySetResult()))
            await Task.WhenAny(running, gone.Task);
        while (!running.IsCompleted)
        {
            engine.Kill(Request.QueryId);
            await Task.WhenAny(running, Task.Delay(AskAgain, time, CancellationToken.None));
        }

        return await running;
    }
}
