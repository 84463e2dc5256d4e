using Reeve.Server.Pipeline;
using Reeve.Server.Sources.Listening;
using Reeve.Server.Sources.Syslog;

namespace Reeve.Server.Sources.Relp;

/// <summary>
/// Reads one session of RELP. A message is acknowledged when it is fsynced, and not before: what is not acknowledged
/// its sender sends again, so that a connection may break, or the server end, at any time.
/// </summary>
/// <param name="channel">The connection.</param>
/// <param name="peer">Who is at its other end.</param>
/// <param name="options">The source's options.</param>
/// <param name="framer">Cuts what comes into frames; disposed at the end.</param>
/// <param name="messages">Where messages go; disposed at the end.</param>
/// <param name="troubles">Where to say what is wrong.</param>
internal sealed class RelpConnection(
    ByteChannel channel, Sender peer, ListeningOptions options, RelpFramer framer, SyslogMessages messages, RelpTroubles troubles) : IConnection
{
    private readonly RelpAnswers _answers = new();
    private bool _isOpen;
    private bool _isOver;

    /// <inheritdoc/>
    public async Task RunAsync(ListeningStop stop)
    {
        using var frames = framer;
        using var taken = messages;
        while (!_isOver && await ReceiveAsync(stop.Frames))
            await TakeFramesAsync(stop.Journalling);
        if (_isOver || !_isOpen || !stop.Frames.IsCancellationRequested)
            return;
        _answers.Closes();
        await channel.TrySendAsync(_answers.Written, stop.Receiving);
    }

    /// <summary>False at the end of the connection, however it comes.</summary>
    private async ValueTask<bool> ReceiveAsync(CancellationToken ct)
    {
        try
        {
            if (framer.IsEmpty && !channel.HasArrived)
            {
                var arrival = channel.WaitAsync(ct);
                if (!arrival.IsCompleted)
                {
                    // While nothing comes it holds no buffer and no intake: quiet senders cost next to nothing.
                    framer.Release();
                    messages.Release();
                }

                await arrival;
            }

            var received = await channel.ReceiveAsync(framer.GetMemory(), ct);
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
        while (!_isOver && framer.TryRead(out var frame))
        {
            await TakeAsync(frame, ct);
            if (messages.Unsettled >= options.Batch)
                await AnswerAsync(ct);
        }

        await AnswerAsync(ct);
    }

    private async ValueTask TakeAsync(RelpFrame frame, CancellationToken ct)
    {
        if (frame.Fault != RelpFault.None)
        {
            _isOver = true;
            troubles.Fault(options.Identify(peer), frame.Fault);
        }
        else if (frame.Command == RelpCommand.Other)
        {
            _answers.Refused(frame.Transaction, "this command is not known"u8);
        }
        else if (_isOpen == (frame.Command == RelpCommand.Open))
        {
            _isOver = true;
            _answers.Refused(frame.Transaction, _isOpen ? "the session is open"u8 : "the session is not open"u8);
        }
        else if (frame.Command == RelpCommand.Open)
        {
            _isOpen = true;
            _answers.Opened(frame.Transaction, frame.Data.Span);
        }
        else if (frame.Command == RelpCommand.Close)
        {
            _isOver = true;
            _answers.Done(frame.Transaction);
            _answers.Closes();
        }
        else
        {
            if (!frame.Data.IsEmpty)
                await messages.TakeAsync(new(frame.Data, frame.Tail), ct);
            _answers.Done(frame.Transaction);
        }
    }

    private async ValueTask AnswerAsync(CancellationToken ct)
    {
        try
        {
            await messages.SettleAsync(ct);
        }
        catch (OriginalLostException)
        {
            // Not acknowledged, all of it is sent again on the next connection.
            _isOver = true;
            return;
        }

        if (_answers.Written.IsEmpty)
            return;
        _isOver |= !await channel.TrySendAsync(_answers.Written, ct);
        _answers.Clear();
    }
}
