using Reeve.Server.Pipeline;
using Reeve.Server.Tests.Support;
using Reeve.Store.ClickHouse;
using Reeve.Store.Loading;

namespace Reeve.Server.Tests.Pipeline;

public sealed class StoredIdentitiesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly DateTime Start = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly TimerSignal _time = new();
    private readonly RecentEvents _recent = new(10_000);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_that_answers_is_read_to_the_end_however_long_it_takes()
    {
        // Each row takes as long as the whole patience.
        var stored = Stored(Task.CompletedTask, rows: 3, (row, _) =>
        {
            if (row > 1)
                _time.Advance(Patience);
            return Task.CompletedTask;
        });

        Assert.True(await stored.RememberAsync(_recent, Patience, Ct));

        Assert.All([1UL, 2UL, 3UL], row => Assert.False(_recent.TryAdd(row, Start)));
    }

    [Fact]
    public async Task Store_that_is_not_ready_is_waited_for_no_longer_than_the_patience()
    {
        var ready = new TaskCompletionSource();
        var stored = Stored(ready.Task, rows: 1, (_, _) => Task.CompletedTask);
        var remembering = stored.RememberAsync(_recent, Patience, Ct);

        _time.Advance(Patience);

        Assert.False(await remembering);
        var late = stored.RememberAsync(_recent, Timeout.InfiniteTimeSpan, Ct);
        ready.SetResult();
        Assert.True(await late);
        Assert.False(_recent.TryAdd(1, Start));
    }

    [Fact]
    public async Task Store_that_breaks_off_is_read_again_from_the_start()
    {
        var breaks = true;
        var stored = Stored(Task.CompletedTask, rows: 2, (row, _) =>
        {
            if (row < 2 || !breaks)
                return Task.CompletedTask;
            breaks = false;
            throw new ClickHouseException("gone", StoreFailure.Unavailable);
        });
        var remembering = stored.RememberAsync(_recent, Timeout.InfiniteTimeSpan, Ct);
        _time.Advance(await _time.NextWaitAsync(Ct));

        Assert.True(await remembering);
        Assert.False(_recent.TryAdd(2, Start));
    }

    private StoredIdentities Stored(Task ready, int rows, Func<int, CancellationToken, Task> beforeRow) =>
        new(ready, new RecentIdentities(new IdentityStore(rows, beforeRow), "3f9a2c1e"), _time);
}
