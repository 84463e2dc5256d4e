using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Reeve.Server.Tests.Support;

/// <summary>A clock that tells when somebody began to wait, and for how long.</summary>
internal sealed class TimerSignal : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateBounded<TimeSpan>(1_000);

    /// <summary>The next wait that begins; waits without an end are left out.</summary>
    public ValueTask<TimeSpan> NextWaitAsync(CancellationToken ct) => _waits.Reader.ReadAsync(ct);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != Timeout.InfiniteTimeSpan)
            _waits.Writer.TryWrite(dueTime);
        return timer;
    }
}
