using System.Security.Cryptography;
using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Audit.Reading;
using Reeve.Audit.Salvage;
using Reeve.Journaling;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Relp;
using Reeve.Server.Sources.Syslog;
using Reeve.Server.Sources.Webhook;

namespace Reeve.Server.Pipeline;

/// <summary>
/// Takes the records of one source: reads and scrubs them, drops duplicates, and journals what is left. A source may
/// acknowledge its records when <see cref="WhenSafeAsync"/> returns. Not thread-safe: one per source or connection.
/// </summary>
/// <remarks>
/// What was added and not yet submitted is lost with the intake, so it must be sent or read again: it is forgotten, and
/// new when it comes again. After a failure an intake is of no use but to be disposed.
/// </remarks>
public sealed class SourceIntake : IEventSink, IDisposable
{
    private readonly EventPipeline _pipeline;
    private readonly EventReader _reader;
    private readonly JournalBatch _batch = new();
    private readonly List<UInt128> _remembered = [];
    private readonly List<UInt128> _claimed = [];
    private readonly Dictionary<long, RecordOrigin> _last = [];
    private SourceIdentity _source;
    private InFlightBatch? _inFlight;
    private Task _safe = Task.CompletedTask;
    private IntakeCounts _counts;
    private RecordOrigin _origin;
    private DateTime _received;
    private bool _hasDuplicates;
    private ulong _end;

    internal SourceIntake(SourceIdentity source, EventPipeline pipeline)
    {
        _source = source;
        _pipeline = pipeline;
        _reader = pipeline.CreateReader();
    }

    /// <summary>How much arrived of the last event of the last record; whole where the record held none.</summary>
    public Integrity LastIntegrity { get; private set; }

    /// <summary>Bytes added and not yet submitted.</summary>
    public long PendingBytes { get; private set; }

    /// <summary>Events and unreadable records added and not yet submitted, duplicates included.</summary>
    public int PendingEvents => _counts.Events;

    /// <summary>Why nothing can be submitted for the moment; null where it can.</summary>
    public string? Blocked => _pipeline.Journal.Status.Blocked?.Message;

    /// <summary>The journal's position below which everything of this intake is fsynced; 0 while that is not known.</summary>
    public ulong SafeEnd => _inFlight is null && _safe.IsCompletedSuccessfully ? _pipeline.Journal.DurableEnd : 0;

    /// <summary>Says what is stamped on the records that follow; what was added for others is submitted first.</summary>
    public async ValueTask SwitchAsync(SourceIdentity source, CancellationToken ct)
    {
        if (source == _source)
            return;
        await SubmitAsync(ct);
        _source = source;
    }

    /// <summary>What is likely to have cut the last event of the last record; null where it is whole or nobody can tell.</summary>
    public CutCause? LastCause { get; private set; }

    /// <summary>Reads one record.</summary>
    /// <param name="record">The bytes as received, or the beginning of a record that is too long.</param>
    /// <param name="tail">What of the record is not in <paramref name="record"/>.</param>
    /// <param name="origin">Where in the source the record ends.</param>
    /// <param name="isRest">Whether it goes on where the record before it was cut, and so has no beginning.</param>
    /// <param name="delivery">What is known of how it came.</param>
    public void Add(ReadOnlyMemory<byte> record, RecordTail tail, RecordOrigin origin, bool isRest = false, RecordDelivery delivery = default)
    {
        _inFlight ??= _pipeline.InFlight.Begin();
        _origin = origin;
        (LastIntegrity, LastCause) = (Integrity.Whole, null);
        _received = _pipeline.Now();
        PendingBytes += record.Length + 1;
        _counts.Bytes += record.Length + tail.Bytes;
        if (isRest)
            _reader.ReadRest(record, tail, delivery, this);
        else
            _reader.Read(record, tail, delivery, this);
    }

    /// <summary>
    /// Journals what was added, all of it or nothing. Returns when it is numbered, not when it is fsynced; waits while
    /// the journal has no room.
    /// </summary>
    public async ValueTask SubmitAsync(CancellationToken ct)
    {
        if (_inFlight is not { } inFlight)
            return;
        if (_batch.Count > 0)
        {
            _end = (await _pipeline.Journal.AppendAsync(_batch, ct)).End;
            _pipeline.Positions.Add(_source.Name, _last);
        }

        var originals = _hasDuplicates ? _pipeline.InFlight.WhenOthersEnd(inFlight) : Task.CompletedTask;
        _safe = Task.WhenAll(_safe, EndAsync(inFlight, _end), originals);
        _pipeline.Report(_source, _counts, _received);
        Clear();
        _counts = default;
        (_inFlight, _hasDuplicates, PendingBytes) = (null, false, 0);
    }

    /// <summary>
    /// Returns when every event submitted so far is fsynced, and the originals of the duplicates among them too.
    /// </summary>
    /// <returns>The journal's position after them: the source needs nothing below it any more.</returns>
    /// <exception cref="OriginalLostException">The original of a duplicate was lost; dispose this and read again.</exception>
    public async ValueTask<ulong> WhenSafeAsync(CancellationToken ct)
    {
        await _safe.WaitAsync(ct);
        _safe = Task.CompletedTask;
        return _end;
    }

    /// <summary>Gives its memory back. What was not submitted is gone, and not remembered as received.</summary>
    public void Dispose()
    {
        if (_inFlight is { } unsubmitted)
        {
            // In this order: a duplicate found after the first is none, one found before the second is not acknowledged.
            _pipeline.Recent.Forget(_remembered, _claimed);
            _pipeline.InFlight.Abandon(unsubmitted);
            _inFlight = null;
        }

        _batch.Dispose();
    }

    /// <inheritdoc/>
    void IEventSink.Accept(AuditEvent auditEvent)
    {
        _counts.Add(auditEvent);
        (LastIntegrity, LastCause) = (auditEvent.Integrity, auditEvent.Cause);
        if (auditEvent.Cause is { } cause && !SaysItself(_source.Kind, auditEvent.Integrity))
            _pipeline.NoteCut(_source, cause);
        var fingerprint = EventIdentity.Fingerprint(_source.Cluster, auditEvent);
        if (!_pipeline.Recent.TryAdd(fingerprint, _received))
        {
            _counts.Duplicates++;
            _hasDuplicates = true;
            return;
        }

        _remembered.Add(fingerprint);
        EventEntry.Write(_batch.BeginEntry(), Describe(auditEvent, fingerprint), auditEvent.Raw);
        _batch.EndEntry();
        if (_origin.Stream != 0)
            _last[_origin.Stream] = _origin;
    }

    private EventContext Describe(AuditEvent auditEvent, UInt128 fingerprint)
    {
        var timing = EventTiming.Of(auditEvent, _received, _pipeline.Horizon);
        if (!timing.Marks.HasFlag(EventMarks.TimeApproximate))
            _counts.Lag = _received - timing.Time;
        var request = EventIdentity.RequestKey(_source.Cluster, auditEvent);
        if (request == 0)
            request = OwnRequest();
        return new()
        {
            Received = _received,
            Time = timing.Time,
            Day = timing.Day,
            Cluster = _source.Cluster,
            Source = _source.Name,
            Host = _source.Host,
            Origin = _origin,
            Ip = ClientAddress.Of(auditEvent, _source.TrustedProxies),
            Envelope = auditEvent.Envelope,
            Cause = auditEvent.Cause?.Code ?? "",
            Integrity = auditEvent.Integrity,
            Marks = auditEvent.Marks | timing.Marks,
            Primary = auditEvent.IsResponse && TryClaim(request),
            RequestKey = request,
            Fingerprint = fingerprint,
        };
    }

    private bool TryClaim(UInt128 request)
    {
        if (!_pipeline.Recent.TryClaimPrimary(request, _received))
            return false;
        _claimed.Add(request);
        return true;
    }

    // Sources of syslog know frames and pieces of them, a webhook what it took of a body.
    private static bool SaysItself(string kind, Integrity integrity) =>
        kind is SyslogSourceFactory.Type or RelpSourceFactory.Type || (kind == WebhookOptions.Type && integrity == Integrity.TruncatedByReeve);

    private void Clear()
    {
        _batch.Clear();
        _remembered.Clear();
        _claimed.Clear();
        _last.Clear();
    }

    // Not cancelled with the source: what is numbered is fsynced whether its source still waits or not.
    private async Task EndAsync(InFlightBatch inFlight, ulong end)
    {
        try
        {
            await _pipeline.Journal.WaitDurableAsync(end, CancellationToken.None);
            _pipeline.InFlight.End(inFlight);
        }
        catch
        {
            _pipeline.InFlight.Abandon(inFlight);
            throw;
        }
    }

    // An event without auditID is a request of its own, whatever else it looks like.
    private static UInt128 OwnRequest()
    {
        UInt128 key = 0;
        RandomNumberGenerator.Fill(System.Runtime.InteropServices.MemoryMarshal.AsBytes(new Span<UInt128>(ref key)));
        return key;
    }
}
