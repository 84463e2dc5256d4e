namespace Reeve.Server.Ui.Reads;

/// <summary>
/// When a page asks the store: one search at a time, a newer one cancels the older, and following the store takes at most
/// a third of the time. Belongs to one circuit and is used on its synchronisation context only.
/// </summary>
internal sealed class ReadSchedule(TimeProvider clock) : IDisposable
{
    /// <summary>The shortest time between two looks at the store's progress: 4 a second.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private CancellationTokenSource? _current;
    private Task _running = Task.CompletedTask;
    private long _seen;
    private long _ended;
    private TimeSpan _took;

    /// <summary>Runs a search after the one before has ended; that one is cancelled. Returns when it ended or was itself superseded.</summary>
    public async Task RunAsync(long stored, Func<CancellationToken, Task> search)
    {
        var own = new CancellationTokenSource();
        var before = _current;
        _current = own;
        if (before is not null)
            await before.CancelAsync();
        var previous = _running;
        var done = new TaskCompletionSource();
        _running = done.Task;
        try
        {
            await previous;
            if (own.IsCancellationRequested)
                return;
            var started = clock.GetTimestamp();
            _seen = stored;
            await search(own.Token);
            _ended = clock.GetTimestamp();
            _took = clock.GetElapsedTime(started, _ended);
        }
        catch (OperationCanceledException) when (own.IsCancellationRequested)
        {
            // A newer search runs, or the page was left.
        }
        finally
        {
            done.SetResult();
            if (_current == own)
                _current = null;
            own.Dispose();
        }
    }

    /// <summary>Whether the store has more than the last search saw, or what it found is outdated, and it is time to look again.</summary>
    public bool IsDue(long stored, bool isOutdated = false) => (stored != _seen || isOutdated) && _current is null && Since() >= (_took * 2 > Shortest ? _took * 2 : Shortest);

    /// <summary>Whether to see if a store that did not answer is back.</summary>
    public bool IsRetryDue() => _current is null && Since() >= Retry;

    /// <summary>Cancels what runs.</summary>
    public void Dispose() => _current?.Cancel();

    private TimeSpan Since() => clock.GetElapsedTime(_ended);
}
