using Reeve.Server.Pipeline;
using Reeve.Server.Sources.Listening;

namespace Reeve.Server.Sources.Syslog;

/// <summary>
/// Journals the syslog messages of one connection, each for the host and program that its header names. Not thread-safe.
/// </summary>
/// <param name="peer">Who is at the other end of the connection.</param>
/// <param name="options">The source's options.</param>
/// <param name="pipeline">Where records go.</param>
/// <param name="troubles">Where to say what is wrong.</param>
internal sealed class SyslogMessages(Sender peer, ListeningOptions options, EventPipeline pipeline, SyslogTroubles troubles) : IDisposable
{
    private readonly SyslogSenders _senders = new(peer, options.Identify, options.MapVersion);
    private SyslogSender? _last;
    private SourceIntake? _intake;

    /// <summary>Bytes taken and not yet known to be safe.</summary>
    public long Unsettled { get; private set; }

    /// <summary>Takes a message; it is journalled with those after it.</summary>
    /// <param name="frame">Header and message; nothing is wrong with it but its length.</param>
    /// <param name="ct">Ends waiting for the journal's room.</param>
    public async ValueTask TakeAsync(SyslogFrame frame, CancellationToken ct)
    {
        var header = SyslogHeader.Of(frame.Bytes.Span);
        var message = frame.Bytes[header.Message..];
        var isJson = SyslogHeader.IsJson(message.Span);
        // Without a header it goes on where the frame before was cut, as when its sender counted characters for bytes.
        var sender = header.IsAnonymous && !isJson && _last is { CutAt: > 0 } ? _last : _senders.Of(frame.Bytes.Span, header);
        var isRest = sender.CutAt > 0 && !isJson;
        _intake ??= pipeline.Open(sender.Identity);
        await _intake.SwitchAsync(sender.Identity, ct);
        _intake.Add(message, frame.Tail, default, isRest, new(frame.Length, header.SentAt));
        Unsettled += frame.Bytes.Length;
        Judge(_intake, frame, sender, isRest);
        _last = sender;
        if (_intake.PendingBytes >= options.Batch)
            await _intake.SubmitAsync(ct);
    }

    /// <summary>Journals what was taken.</summary>
    public ValueTask SubmitAsync(CancellationToken ct) => _intake?.SubmitAsync(ct) ?? ValueTask.CompletedTask;

    /// <summary>Journals what was taken, and returns when all of it is fsynced.</summary>
    /// <exception cref="OriginalLostException">The original of a duplicate was lost: this must be sent again.</exception>
    public async ValueTask SettleAsync(CancellationToken ct)
    {
        if (_intake is null)
            return;
        await _intake.SubmitAsync(ct);
        await _intake.WhenSafeAsync(ct);
        Unsettled = 0;
    }

    /// <summary>Gives memory back until more is taken; what was not submitted is gone, and not remembered as received.</summary>
    public void Release()
    {
        _intake?.Dispose();
        _intake = null;
        Unsettled = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => Release();

    private void Judge(SourceIntake intake, SyslogFrame frame, SyslogSender sender, bool isRest)
    {
        var identity = sender.Identity;
        if (frame.Fault != SyslogFault.None)
            troubles.Fault(identity, frame.Fault);
        // A piece as long as the one before it is not the last one.
        var isCut = isRest
            ? frame.Length >= sender.CutAt || Audit.Salvage.CutCauses.OfFrame(frame.Length) is not null
            : intake.LastIntegrity == Audit.Integrity.TruncatedBySender;
        sender.CutAt = isCut && !frame.IsPartial ? frame.Length : 0;
        if (isRest)
            troubles.Split(identity);
        else if (frame.IsPartial && intake.LastIntegrity != Audit.Integrity.Whole)
            troubles.EndedWithinFrame(identity);
        else if (isCut)
            troubles.Cut(identity, frame.Length, intake.LastCause);
    }
}
