using Microsoft.Extensions.Logging;
using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Audit.Reading;
using Reeve.Detection;
using Reeve.Detection.Alerts;
using Reeve.Detection.State;
using Reeve.Journaling;
using Reeve.Server.Alerts.Rules;

namespace Reeve.Server.Alerts;

/// <summary>
/// Follows the journal by a cursor of its own and runs the rules over its events. Alerts are kept as they are raised; the state of the
/// windows is saved now and then with its position, and the cursor after it. After a crash the events since then are read again, and
/// raise the same alerts with the same ids, each kept once. New rules take over the windows of those they leave as they were. Waits
/// for no store. Not thread-safe.
/// </summary>
internal sealed partial class DetectionFollower(
    Journal journal, JournalCursor cursor, DetectionStateStore saved, AlertStore alerts, RuleBook rules, DetectionMetrics metrics,
    DetectionLimits limits, TimeProvider time, ILogger<DetectionFollower> log) : IDisposable
{
    private readonly DetectionOptions _options = new();
    private readonly EventRestorer _restorer = new();
    private readonly AuditEvent _event = new();
    private readonly NameCache _names = new();
    private readonly HashSet<Alert> _raised = new(ReferenceEqualityComparer.Instance);
    private DetectionEngine? _engine;
    private LoadedRules? _running;
    private JournalReader? _entries;
    private ulong _savedPosition;
    private long _savedAt;
    private TimeSpan _saveTook;
    private long _heardAt;
    private bool _isSettled;

    /// <summary>Follows until cancelled. Can be called again after it threw.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        Begin();
        while (!ct.IsCancellationRequested)
        {
            if (!Step())
                await Task.Delay(limits.Interval, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Save();
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>Begins where the saved state is.</summary>
    internal void Begin()
    {
        _running = rules.Current;
        _raised.Clear();
        var state = saved.Load();
        // A journal that began anew has lower numbers than what was known of the one before.
        if (state is not null && state.Position > journal.DurableEnd)
        {
            saved.Forget();
            state = null;
        }

        _engine = Restore(state);
        _entries?.Dispose();
        _entries = journal.Read(state?.Position ?? cursor.Position);
        (_savedPosition, _savedAt, _heardAt, _isSettled) = (_entries.Position, time.GetTimestamp(), time.GetTimestamp(), false);
    }

    /// <summary>Judges some entries and keeps what they raised. Answers whether it took as many as it may.</summary>
    internal bool Step()
    {
        TakeRules();
        var left = limits.Entries;
        for (; left > 0 && _raised.Count < limits.Raised && _entries!.TryRead(out var entry); left--)
            Observe(entry);
        Settle(isQuiet: left == limits.Entries);
        var isFull = left == 0 || _raised.Count >= limits.Raised;
        metrics.Raised(alerts.Write(_raised));
        _raised.Clear();
        metrics.Stand(_engine!, journal.DurableEnd - Math.Min(journal.DurableEnd, _entries!.Position));
        if (IsSaveDue())
            Save();
        return isFull;
    }

    /// <summary>Saves what is known, if it is more than was saved.</summary>
    internal void Save()
    {
        if (_entries!.Position == _savedPosition)
            return;
        var began = time.GetTimestamp();
        using var state = new MemoryStream();
        _engine!.Save(state);
        saved.Save(new SavedDetection(_entries.Position, state.ToArray()));
        cursor.Save(_entries.Position);
        (_savedPosition, _savedAt, _saveTook) = (_entries.Position, time.GetTimestamp(), time.GetElapsedTime(began));
    }

    /// <inheritdoc/>
    public void Dispose() => _entries?.Dispose();

    private void Observe(in JournalEntry entry)
    {
        if (!EventEntry.TryRead(entry.Payload, out var context, out var raw, _names))
            return;
        _restorer.Restore(raw, _event);
        _engine!.Observe(_event, context, entry.Sequence, "", _raised);
        if (entry.Sequence % (ulong)limits.SettleEvery == 0)
            _engine!.Settle(_raised);
    }

    private void Settle(bool isQuiet)
    {
        if (!isQuiet)
        {
            _engine!.Settle(_raised);
            (_heardAt, _isSettled) = (time.GetTimestamp(), false);
        }
        else if (!_isSettled && time.GetElapsedTime(_heardAt) >= limits.Quiet)
        {
            _engine!.Settle(time.GetUtcNow().UtcDateTime, _raised);
            _isSettled = true;
        }
    }

    private void TakeRules()
    {
        var current = rules.Current;
        if (ReferenceEquals(current, _running))
            return;
        var began = time.GetTimestamp();
        using var state = new MemoryStream();
        _engine!.Save(state);
        state.Position = 0;
        _engine = DetectionEngine.Load(state, current.Rules, _options, time);
        _running = current;
        LogTaken(current.Count, (long)time.GetElapsedTime(began).TotalMilliseconds);
    }

    private DetectionEngine Restore(SavedDetection? state)
    {
        if (state is null)
            return new DetectionEngine(_running!.Rules, _options, time);
        try
        {
            using var stream = new MemoryStream(state.State);
            return DetectionEngine.Load(stream, _running!.Rules, _options, time);
        }
        catch (StateFormatException failure)
        {
            LogUnreadable(failure.Message);
            return new DetectionEngine(_running!.Rules, _options, time);
        }
    }

    private bool IsSaveDue() => time.GetElapsedTime(_savedAt) is var since && since >= limits.SaveEvery && since >= _saveTook * limits.SaveShare;

    [LoggerMessage(1310, LogLevel.Information, "{Count} rules are running; the windows of those that stayed were taken over in {Milliseconds} ms")]
    private partial void LogTaken(int count, long milliseconds);

    [LoggerMessage(1311, LogLevel.Warning, "{Reason}; windows begin anew, and no event is left out")]
    private partial void LogUnreadable(string reason);
}
