using Reeve.Server.Pipeline;
using Reeve.Server.Sources.Listening;

namespace Reeve.Server.Sources.Syslog;

/// <summary>
/// Reads one connection until its sender ends it. While nothing comes it holds no buffer and no intake, so that
/// hundreds of quiet senders cost next to nothing. What was read is journalled whatever ends the connection.
/// </summary>
/// <param name="channel">The connection.</param>
/// <param name="peer">Who is at its other end.</param>
/// <param name="options">The source's options.</param>
/// <param name="framer">Cuts what comes into frames; disposed at the end.</param>
/// <param name="messages">Where frames go; disposed at the end.</param>
/// <param name="troubles">Where to say what is wrong.</param>
internal sealed class SyslogConnection(
    ByteChannel channel, Sender peer, ListeningOptions options, SyslogFramer framer, SyslogMessages messages, SyslogTroubles troubles) : IConnection
{
    private bool _isRefused;

    /// <inheritdoc/>
    public async Task RunAsync(ListeningStop stop)
    {
        using var frames = framer;
        using var taken = messages;
        while (!_isRefused && await ReceiveAsync(stop))
            await TakeFramesAsync(stop.Journalling);
        if (framer.TryTakeRest(out var rest))
            await TakeAsync(rest, stop.Journalling);
        await SettleAsync(stop.Journalling);
    }

    /// <summary>False at the end of the connection, however it comes.</summary>
    private async ValueTask<bool> ReceiveAsync(ListeningStop stop)
    {
        try
        {
            // Told to end, it still takes what has arrived, which its sender will not send again, and the rest of a frame.
            if (framer.IsEmpty && !channel.HasArrived)
            {
                var arrival = channel.WaitAsync(stop.Frames);
                if (!arrival.IsCompleted)
                {
                    framer.Release();
                    await SettleAsync(stop.Journalling);
                }

                await arrival;
            }

            var received = await channel.ReceiveAsync(framer.GetMemory(), stop.Receiving);
            framer.Advance(received);
            return received > 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async ValueTask TakeFramesAsync(CancellationToken ct)
    {
        while (!_isRefused && framer.TryRead(out var frame))
            await TakeAsync(frame, ct);
        await messages.SubmitAsync(ct);
        if (messages.Unsettled >= options.Batch)
            await SettleAsync(ct);
    }

    private async ValueTask TakeAsync(SyslogFrame frame, CancellationToken ct)
    {
        if (frame.Fault is SyslogFault.Compressed or SyslogFault.Tls)
        {
            _isRefused = true;
            troubles.Fault(options.Identify(peer), frame.Fault);
        }
        else
        {
            await messages.TakeAsync(frame, ct);
        }
    }

    // The sender is told nothing, so nothing depends on the journal having fsynced; waiting keeps a fast sender in step.
    private async ValueTask SettleAsync(CancellationToken ct)
    {
        try
        {
            await messages.SettleAsync(ct);
        }
        catch (OriginalLostException)
        {
            // Whoever delivered the original has not been told that it is safe, and delivers it again.
        }

        messages.Release();
    }
}
