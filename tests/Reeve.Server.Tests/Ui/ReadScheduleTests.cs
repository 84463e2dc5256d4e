using Microsoft.Extensions.Time.Testing;
using Reeve.Server.Ui.Reads;

namespace Reeve.Server.Tests.Ui;

public sealed class ReadScheduleTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task A_newer_search_cancels_the_older_and_waits_for_its_end()
    {
        using var schedule = new ReadSchedule(_clock);
        var cleanUp = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var (running, most) = (0, 0);

        var first = schedule.RunAsync(1, async cancel =>
        {
            most = Math.Max(most, ++running);
            await using var told = cancel.Register(cancelled.SetResult);
            await cleanUp.Task;
            running--;
            cancel.ThrowIfCancellationRequested();
        });
        var second = schedule.RunAsync(2, cancel =>
        {
            most = Math.Max(most, ++running);
            running--;
            return Task.CompletedTask;
        });
        await cancelled.Task;
        Assert.False(second.IsCompleted);
        cleanUp.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_search_that_was_superseded_before_it_began_is_never_made()
    {
        using var schedule = new ReadSchedule(_clock);
        var gate = new TaskCompletionSource();
        var made = new List<int>();

        var first = schedule.RunAsync(1, async _ => { made.Add(1); await gate.Task; });
        var second = schedule.RunAsync(1, _ => { made.Add(2); return Task.CompletedTask; });
        var third = schedule.RunAsync(1, _ => { made.Add(3); return Task.CompletedTask; });
        gate.SetResult();
        await Task.WhenAll(first, second, third);

        Assert.Equal([1, 3], made);
    }

    [Fact]
    public async Task The_store_is_looked_at_again_only_when_it_has_more_and_not_too_often()
    {
        using var schedule = new ReadSchedule(_clock);
        await schedule.RunAsync(7, _ => { _clock.Advance(TimeSpan.FromSeconds(1)); return Task.CompletedTask; });

        Assert.False(schedule.IsDue(8));
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(schedule.IsDue(8));
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(schedule.IsDue(8));
        Assert.False(schedule.IsDue(7));
    }
}
