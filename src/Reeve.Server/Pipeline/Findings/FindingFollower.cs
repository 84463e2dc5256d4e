using Microsoft.Extensions.Logging;
using Reeve.Audit.Findings;
using Reeve.Journaling;
using Reeve.Store.ClickHouse;
using Reeve.Store.Findings;

namespace Reeve.Server.Pipeline.Findings;

/// <summary>
/// Follows the journal by a cursor of its own and makes findings: remarks as they come, orphans when they are due. Findings are in the
/// store before the state that has passed them is on the disk, and the state before the cursor; a finding's id says what it says. So
/// after a crash the same are made again, and added once. A store that is away is waited for; nothing else waits for this.
/// </summary>
internal sealed partial class FindingFollower(
    Journal journal, JournalCursor cursor, Func<ulong> loaded, FindingStateStore saved, IFindingStore store, InputEnds ends, FindingMetrics metrics,
    string server, FindingLimits limits, TimeProvider time, ILogger log) : IDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);

    // An answer comes minutes after its request at most; the day keeps what is read small.
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromDays(1);

    private readonly OrphanJudge _judge = new(limits);
    private readonly List<Finding> _remarks = [];
    private FindingState? _state;
    private EntryObserver? _observer;
    private JournalReader? _entries;
    private bool _isAway;

    /// <summary>Follows until cancelled. Can be called again after it threw.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        Begin();
        while (!ct.IsCancellationRequested)
        {
            if (!await StepAsync(ct))
                await Task.Delay(limits.Interval, time, ct);
        }
    }

    /// <summary>Begins where the saved state is.</summary>
    internal void Begin()
    {
        _state = saved.Load(cursor.Position);
        // A journal that began anew has lower numbers than what was known of the one before.
        if (_state.Position > journal.DurableEnd)
            _state = saved.BeginAnew(cursor.Position);
        _observer = new EntryObserver(server, _state);
        _entries?.Dispose();
        _entries = journal.Read(_state.Position);
    }

    /// <summary>
    /// Looks at some entries and stores and saves what they tell. Answers whether it took as many as it may: what came meanwhile can wait
    /// for more, because each save is an fsync.
    /// </summary>
    internal async Task<bool> StepAsync(CancellationToken ct)
    {
        var (state, entries) = (_state!, _entries!);
        // Before the entries are read: what a source had journalled by then is read now.
        var input = ends.Snapshot();
        var before = (state.Position, state.Open.Evicted);
        var now = Now();
        _remarks.Clear();
        var left = limits.Entries;
        for (; left > 0 && _remarks.Count < limits.Remarks && entries.TryRead(out var entry); left--)
            _observer!.Observe(entry, now, _remarks);
        _observer!.Finish();
        state.Position = entries.Position;
        await SettleAsync(state, input, before, ct);
        return left == 0 || _remarks.Count >= limits.Remarks;
    }

    /// <inheritdoc/>
    public void Dispose() => _entries?.Dispose();

    private async Task SettleAsync(
        FindingState state, IReadOnlyDictionary<string, InputEnd?> input, (ulong Position, long Evicted) before, CancellationToken ct)
    {
        await AddAsync(_remarks, ct);
        var due = _judge.Due(state, input, Now());
        foreach (var some in due.Chunk(limits.Remarks))
            await JudgeAsync(state, some, ct);
        metrics.Evicted(state.Open.Evicted - before.Evicted);
        metrics.Stand(state.Open.Count, journal.DurableEnd - Math.Min(journal.DurableEnd, state.Position));
        if (state.Position == before.Position && due.Count == 0)
            return;
        saved.Save(state);
        cursor.Save(state.Position);
    }

    private async Task JudgeAsync(FindingState state, IReadOnlyCollection<OpenRequest> due, CancellationToken ct)
    {
        // The store tells of answers that came before their request, or were forgotten: it must know what was read here.
        while (loaded() < state.Position)
            await Task.Delay(FirstDelay, time, ct);
        var (from, to) = (due.Min(request => request.Time).AddMinutes(-1), due.Max(request => request.Time) + AnswersWithin);
        var answered = await PatientlyAsync(
            () => store.AnsweredAsync([.. due.SelectMany(request => new[] { request.Key, request.CutKey })], from, to, ct), ct);
        foreach (var request in due.Where(IsAnswered))
            state.Answer(request.Key);
        var silent = due.Where(request => !IsAnswered(request)).ToList();
        var orphans = silent.Where(request => state.Lanes.Find(request.Lane) is { } lane && state.ShowsAnswers(lane.Key))
            .ToDictionary(request => request.Sequence, request => request.Key);
        metrics.Unjudged(silent.Count - orphans.Count);
        var events = orphans.Count == 0 ? [] : await PatientlyAsync(() => store.EventsAsync(orphans.Keys, from, to, ct), ct);
        var now = Now();
        var added = await AddAsync([.. events.Select(found => AsOrphan(found with { RequestKey = orphans[found.Id.Sequence] }, now))], ct);
        if (added.Count > 0)
            LogOrphans(added.Count, added[0].Cluster, added[0].Event.ToString());
        foreach (var request in silent)
            state.Open.TryClose(request.Key, out _);

        bool IsAnswered(OpenRequest request) => answered.Contains(request.Key) || answered.Contains(request.CutKey);
    }

    private static Finding AsOrphan(FoundEvent found, DateTime now) => found.As(FindingKinds.Orphan, now, ofRequest: true, ("uri", found.Uri));

    private async Task<IReadOnlyList<Finding>> AddAsync(List<Finding> findings, CancellationToken ct)
    {
        if (findings.Count == 0)
            return [];
        var added = await PatientlyAsync(() => store.AddAsync(findings, ct), ct);
        metrics.Added(added);
        return added;
    }

    private async Task<T> PatientlyAsync<T>(Func<Task<T>> ask, CancellationToken ct)
    {
        for (var delay = FirstDelay; ; delay = delay * 2 < limits.MaxRetryDelay ? delay * 2 : limits.MaxRetryDelay)
        {
            try
            {
                var answer = await ask();
                if (_isAway)
                    LogGoesOn();
                _isAway = false;
                return answer;
            }
            catch (ClickHouseException failure)
            {
                if (!_isAway)
                    LogWaits(failure.Message);
                _isAway = true;
            }

            await Task.Delay(delay, time, ct);
        }
    }

    // The store keeps microseconds.
    private DateTime Now()
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} requests have no answer in the log, the first in cluster {Cluster} ({Event}): search for finding:orphan")]
    private partial void LogOrphans(int count, string cluster, string @event);

    [LoggerMessage(2, LogLevel.Warning, "Findings wait for the store: {Reason}")]
    private partial void LogWaits(string reason);

    [LoggerMessage(3, LogLevel.Information, "The store takes findings again")]
    private partial void LogGoesOn();
}
