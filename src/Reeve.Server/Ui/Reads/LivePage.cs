using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using Reeve.Server.Sources;
using Reeve.Server.Ui.Time;
using Reeve.Store.ClickHouse;

namespace Reeve.Server.Ui.Reads;

/// <summary>
/// A page whose address says all it shows and that follows the store while events come in: it asks again when the store has
/// more, never longer than a third of the time, and goes on by itself when a store that was away is back.
/// </summary>
public abstract class LivePage(NavigationManager navigation, IStoreProgress store, SourceRegistry sources, TimeProvider clock, IJSRuntime script)
    : ComponentBase, IAsyncDisposable
{
    private readonly ReadSchedule _schedule = new(clock);
    private CancellationTokenSource? _following;

    /// <summary>The path of the page.</summary>
    protected abstract string Path { get; }

    /// <summary>Whether the address asks for times in the browser's zone.</summary>
    protected abstract bool IsLocalTime { get; }

    /// <summary>The zone of the times.</summary>
    protected DisplayZone Zone { get; private set; } = DisplayZone.Utc;

    /// <summary>How far the store is.</summary>
    protected StoreProgress Progress { get; private set; } = store.Current;

    /// <summary>Every source.</summary>
    protected IReadOnlyList<SourceStatus> Sources { get; private set; } = [];

    /// <summary>Whether the person stopped the updates.</summary>
    protected bool IsPaused { get; private set; }

    /// <summary>Whether the store does not answer.</summary>
    protected bool IsStoreDown { get; private set; }

    /// <summary>Why the store did not do the last question, in a sentence; null where it did.</summary>
    protected string? Failure { get; private set; }

    /// <summary>Where pages are.</summary>
    protected NavigationManager Navigation => navigation;

    /// <summary>The time now.</summary>
    protected DateTimeOffset Now => clock.GetUtcNow();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        navigation.LocationChanged -= Moved;
        if (_following is not null)
            await _following.CancelAsync();
        _following?.Dispose();
        _schedule.Dispose();
        OnLeave();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Open(navigation.Uri);
        Sources = sources.Snapshot();
        navigation.LocationChanged += Moved;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Before this the page is only markup without a person before it: the store is not asked for that.
        if (!firstRender)
            return;
        _following = new CancellationTokenSource();
        await FindZoneAsync();
        _ = FollowAsync(_following.Token);
        await AskAsync(isFollowing: false);
    }

    /// <summary>Takes over an address of this page.</summary>
    /// <returns>Whether it shows something else than before, which has to be asked for.</returns>
    protected abstract bool Open(string address);

    /// <summary>What to ask the store now; null where the address asks nothing that could be asked.</summary>
    /// <param name="isFollowing">Whether the page only follows the store, so that the person's place must be kept.</param>
    protected abstract Func<CancellationToken, Task>? Question(bool isFollowing);

    /// <summary>The zone of the times changed.</summary>
    protected virtual void OnZone()
    {
    }

    /// <summary>The page was left.</summary>
    protected virtual void OnLeave()
    {
    }

    /// <summary>Four times a second.</summary>
    /// <returns>Whether there is something new to show.</returns>
    protected virtual bool OnTick() => false;

    /// <summary>Whether time alone made what is shown old.</summary>
    protected virtual bool IsOutdated => false;

    /// <summary>Whether the page shows what changes by itself in the store and the sources; false for one that is changed by its person alone.</summary>
    protected virtual bool IsLive => true;

    /// <summary>Asks the store and shows the answer.</summary>
    protected async Task AskAsync(bool isFollowing)
    {
        if (Question(isFollowing) is { } ask)
            await _schedule.RunAsync(store.Current.Stored, cancel => GuardAsync(ask, cancel));
        StateHasChanged();
    }

    /// <summary>Asks once more.</summary>
    protected Task AgainAsync() => AskAsync(isFollowing: false);

    /// <summary>Stops or starts the updates.</summary>
    internal void TogglePause() => IsPaused = !IsPaused;

    private void Moved(object? sender, LocationChangedEventArgs location) => _ = InvokeAsync(async () =>
    {
        if (!new Uri(location.Location).AbsolutePath.Equals(Path, StringComparison.Ordinal))
            return;
        var wasLocal = IsLocalTime;
        var isNew = Open(location.Location);
        if (wasLocal != IsLocalTime)
            await FindZoneAsync();
        if (isNew)
            await AskAsync(isFollowing: false);
        StateHasChanged();
    });

    private async Task GuardAsync(Func<CancellationToken, Task> ask, CancellationToken cancel)
    {
        try
        {
            await ask(cancel);
            (IsStoreDown, Failure) = (false, null);
        }
        catch (ClickHouseException problem) when (problem.Failure == StoreFailure.Unavailable)
        {
            IsStoreDown = true;
        }
        catch (ClickHouseException problem)
        {
            Failure = problem.Failure == StoreFailure.Overloaded
                ? "The store has not enough room or time for this now. A shorter time range or one more term makes it cheaper."
                : "The store cannot answer this. The cause is in the server's log.";
        }
    }

    private async Task FollowAsync(CancellationToken cancel)
    {
        try
        {
            using var timer = new PeriodicTimer(ReadSchedule.Shortest, clock);
            while (await timer.WaitForNextTickAsync(cancel))
                await InvokeAsync(TickAsync);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (Exception problem)
        {
            await DispatchExceptionAsync(problem);
        }
    }

    private async Task TickAsync()
    {
        if (!IsLive)
            return;
        var progress = store.Current;
        var snapshot = sources.Snapshot();
        var isNews = OnTick();
        if (isNews || progress != Progress || !snapshot.SequenceEqual(Sources))
        {
            (Progress, Sources) = (progress, snapshot);
            StateHasChanged();
        }
        var isDue = IsStoreDown ? _schedule.IsRetryDue() : !IsPaused && _schedule.IsDue(progress.Stored, IsOutdated);
        if (isDue)
            await AskAsync(isFollowing: true);
    }

    private async Task FindZoneAsync()
    {
        if (!IsLocalTime)
            Zone = DisplayZone.Utc;
        else if (await PageScript.TimeZoneAsync(script) is { } zone)
            Zone = zone;
        OnZone();
        StateHasChanged();
    }
}
