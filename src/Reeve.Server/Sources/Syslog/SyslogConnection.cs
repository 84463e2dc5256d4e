using System.Net;
using System.Net.Sockets;
using Reeve.Audit.Salvage;
using Reeve.Server.Pipeline;

namespace Reeve.Server.Sources.Syslog;

/// <summary>
/// Reads one connection until its sender ends it. While nothing comes it holds no buffer and no intake, so that
/// hundreds of quiet senders cost next to nothing. What was read is journalled whatever ends the connection. Runs once.
/// </summary>
/// <param name="socket">The connection; disposed at the end.</param>
/// <param name="peer">Who is at its other end.</param>
/// <param name="options">The source's options.</param>
/// <param name="framer">Cuts what comes into frames; disposed at the end.</param>
/// <param name="pipeline">Where records go.</param>
/// <param name="troubles">Where to say what is wrong.</param>
internal sealed class SyslogConnection(
    Socket socket, IPAddress peer, SyslogSourceOptions options, SyslogFramer framer, EventPipeline pipeline, SyslogTroubles troubles)
{
    private readonly SyslogSenders _senders = new(peer, options.Identify, options.MapVersion);
    private SyslogSender? _last;
    private SourceIntake? _intake;
    private bool _isRefused;
    private long _unsettled;

    /// <summary>Reads to the end.</summary>
    public async Task RunAsync(SyslogStop stop)
    {
        using var connection = socket;
        using var frames = framer;
        try
        {
            while (!_isRefused && await ReceiveAsync(stop))
                await TakeFramesAsync(stop.Journalling);
            if (framer.TryTakeRest(out var rest))
                await TakeAsync(rest, stop.Journalling);
            await SettleAsync(stop.Journalling);
        }
        finally
        {
            _intake?.Dispose();
        }
    }

    /// <summary>False at the end of the connection, however it comes.</summary>
    private async ValueTask<bool> ReceiveAsync(SyslogStop stop)
    {
        try
        {
            // Told to end, it still takes what has arrived, which its sender will not send again, and the rest of a frame.
            if (framer.IsEmpty && socket.Available == 0)
            {
                var arrival = socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, stop.Frames);
                if (!arrival.IsCompleted)
                {
                    framer.Release();
                    await SettleAsync(stop.Journalling);
                }

                await arrival;
            }

            var received = await socket.ReceiveAsync(framer.GetMemory(), SocketFlags.None, stop.Receiving);
            framer.Advance(received);
            return received > 0;
        }
        catch (Exception ended) when (ended is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private async ValueTask TakeFramesAsync(CancellationToken ct)
    {
        while (!_isRefused && framer.TryRead(out var frame))
            await TakeAsync(frame, ct);
        if (_intake is null)
            return;
        await _intake.SubmitAsync(ct);
        if (_unsettled >= options.Batch)
            await SettleAsync(ct);
    }

    private async ValueTask TakeAsync(SyslogFrame frame, CancellationToken ct)
    {
        if (frame.Fault is SyslogFault.Compressed or SyslogFault.Tls)
        {
            _isRefused = true;
            troubles.Fault(options.Identify(new(peer)), frame.Fault);
            return;
        }

        var header = SyslogHeader.Of(frame.Bytes.Span);
        var message = frame.Bytes[header.Message..];
        var isJson = SyslogHeader.IsJson(message.Span);
        // Without a header it goes on where the frame before was cut, as when its sender counted characters for bytes.
        var sender = header.IsAnonymous && !isJson && _last is { CutAt: > 0 } ? _last : _senders.Of(frame.Bytes.Span, header);
        var isRest = sender.CutAt > 0 && !isJson;
        _intake ??= pipeline.Open(sender.Identity);
        await _intake.SwitchAsync(sender.Identity, ct);
        _intake.Add(message, frame.Tail, default, isRest, new(frame.Length, header.SentAt));
        _unsettled += frame.Bytes.Length;
        Judge(frame, sender, isRest);
        _last = sender;
        if (_intake.PendingBytes >= options.Batch)
            await _intake.SubmitAsync(ct);
    }

    private void Judge(SyslogFrame frame, SyslogSender sender, bool isRest)
    {
        var identity = sender.Identity;
        if (frame.Fault != SyslogFault.None)
            troubles.Fault(identity, frame.Fault);
        // A piece as long as the one before it is not the last one.
        var isCut = isRest
            ? frame.Length >= sender.CutAt || CutCauses.OfFrame(frame.Length) is not null
            : _intake!.LastIntegrity == Audit.Integrity.TruncatedBySender;
        sender.CutAt = isCut && !frame.IsPartial ? frame.Length : 0;
        if (isRest)
            troubles.Split(identity);
        else if (frame.IsPartial && _intake!.LastIntegrity != Audit.Integrity.Whole)
            troubles.EndedWithinFrame(identity);
        else if (isCut)
            troubles.Cut(identity, frame.Length, _intake!.LastCause);
    }

    // The sender is told nothing, so nothing depends on the journal having fsynced; waiting keeps a fast sender in step.
    private async ValueTask SettleAsync(CancellationToken ct)
    {
        if (_intake is null)
            return;
        await _intake.SubmitAsync(ct);
        try
        {
            await _intake.WhenSafeAsync(ct);
        }
        catch (OriginalLostException)
        {
            // Whoever delivered the original has not been told that it is safe, and delivers it again.
        }

        _intake.Dispose();
        _intake = null;
        _unsettled = 0;
    }
}
