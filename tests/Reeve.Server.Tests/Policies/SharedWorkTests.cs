using Microsoft.Extensions.Time.Testing;
using Reeve.Server.Policies;

namespace Reeve.Server.Tests.Policies;

public sealed class SharedWorkTests : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly FakeTimeProvider _time = new();
    private readonly ManualResetEventSlim _go = new();
    private int _done;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Same_question_is_worked_on_once_however_many_ask()
    {
        var work = Work(kept: 1);
        var answers = Enumerable.Range(0, 5).Select(_ => work.RunAsync("a", isKept: true, Wait, Cancel)).ToList();
        _go.Set();

        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(1, answer));
        Assert.Equal(1, await work.RunAsync("a", isKept: true, Wait, Cancel));
        Assert.Equal(2, await work.RunAsync("b", isKept: true, Wait, Cancel));
        Assert.Equal(3, await work.RunAsync("a", isKept: true, Wait, Cancel));
    }

    [Fact]
    public async Task One_piece_is_worked_on_at_a_time()
    {
        var work = Work(kept: 0);
        var (now, most) = (0, 0);
        int Counted(CancellationToken ct)
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            Thread.Yield();
            return Interlocked.Decrement(ref now);
        }

        await Task.WhenAll(Enumerable.Range(0, SharedWork<int>.MostWaiting).Select(question => work.RunAsync(question, isKept: false, Counted, Cancel)));

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task What_nobody_waits_for_is_ended_and_what_somebody_waits_for_goes_on()
    {
        var work = Work(kept: 0);
        using var leaving = new CancellationTokenSource();
        var ended = new TaskCompletionSource();
        using var started = new ManualResetEventSlim();
        int UntilEnded(CancellationToken ct)
        {
            started.Set();
            ct.Register(ended.SetResult);
            _go.Wait(ct);
            return 7;
        }

        var (left, stays) = (work.RunAsync("a", isKept: false, UntilEnded, leaving.Token), work.RunAsync("a", isKept: false, UntilEnded, Cancel));
        started.Wait(Cancel);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.False(ended.Task.IsCompleted);
        _go.Set();
        Assert.Equal(7, await stays);

        _go.Reset();
        started.Reset();
        ended = new TaskCompletionSource();
        using var alone = new CancellationTokenSource();
        var lonely = work.RunAsync("b", isKept: false, UntilEnded, alone.Token);
        started.Wait(Cancel);
        await alone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lonely);
        await ended.Task.WaitAsync(Cancel);
    }

    [Fact]
    public async Task Waiting_for_others_counts()
    {
        var work = Work(kept: 0);
        using var began = new ManualResetEventSlim();
        int Hold(CancellationToken ct)
        {
            began.Set();
            _go.Wait(Cancel);
            return 1;
        }

        var first = work.RunAsync("a", isKept: false, Hold, Cancel);
        began.Wait(Cancel);
        var second = work.RunAsync("b", isKept: false, _ => 2, Cancel);
        _time.Advance(TimeSpan.FromHours(1));

        var late = await Assert.ThrowsAsync<PolicyWorkException>(() => second);
        Assert.Contains("others asked before", late.Message, StringComparison.Ordinal);
        _go.Set();
        Assert.Equal(1, await first);
    }

    [Fact]
    public async Task What_takes_too_long_is_ended_and_said_to_be()
    {
        var work = Work(kept: 0);
        using var started = new ManualResetEventSlim();
        var late = work.RunAsync("a", isKept: false, ct =>
        {
            started.Set();
            _go.Wait(ct);
            return 1;
        }, Cancel);
        started.Wait(Cancel);

        _time.Advance(TimeSpan.FromMinutes(2));

        await Assert.ThrowsAsync<PolicyWorkException>(() => late);
    }

    [Fact]
    public async Task Beyond_the_most_that_wait_others_are_refused()
    {
        var work = Work(kept: 0);
        var waiting = Enumerable.Range(0, SharedWork<int>.MostWaiting).Select(question => work.RunAsync(question, isKept: false, Wait, Cancel)).ToList();

        await Assert.ThrowsAsync<PolicyWorkException>(() => work.RunAsync("one more", isKept: false, Wait, Cancel));

        _go.Set();
        await Task.WhenAll(waiting);
        Assert.Equal(SharedWork<int>.MostWaiting + 1, await work.RunAsync("one more", isKept: false, Wait, Cancel));
    }

    public void Dispose()
    {
        _gate.Dispose();
        _go.Dispose();
    }

    private SharedWork<int> Work(int kept) => new(_gate, kept, TimeSpan.FromMinutes(1), _time);

    private int Wait(CancellationToken ct)
    {
        _go.Wait(ct);
        return Interlocked.Increment(ref _done);
    }
}
