using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Reeve.Server.Policies;
using Reeve.Store.ClickHouse;

namespace Reeve.Server.Ui.Policy;

/// <summary>A tab of the Policy page, which keeps what it showed while another is open and works only while it is open itself.</summary>
public abstract class PolicyTabBase : ComponentBase, IDisposable
{
    private CancellationTokenSource? _work;

    /// <summary>The policy in the editor.</summary>
    [Parameter, EditorRequired]
    public PolicyDraft Draft { get; set; } = PolicyDraft.None;

    /// <summary>Whether it is open.</summary>
    [Parameter]
    public bool IsOpen { get; set; }

    /// <summary>The person wants to see a line of the editor.</summary>
    [Parameter]
    public EventCallback<int> OnLine { get; set; }

    /// <summary>Whether something is being done.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Why the last thing was not done, in a sentence; null where it was.</summary>
    protected string? Failure { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _work?.Cancel();
        GC.SuppressFinalize(this);
    }

    /// <summary>Does something and shows what comes of it; what was being done before is ended.</summary>
    protected async Task WorkAsync(Func<CancellationToken, Task> work)
    {
        _work?.Cancel();
        using var own = _work = new CancellationTokenSource();
        (IsBusy, Failure) = (true, null);
        StateHasChanged();
        try
        {
            await work(own.Token);
        }
        catch (OperationCanceledException) when (own.IsCancellationRequested)
        {
            // Something newer is being done, or the page was left.
        }
        catch (OperationCanceledException)
        {
            Failure = "The traffic is read anew. Ask again.";
        }
        catch (JSDisconnectedException)
        {
            // The page is gone.
        }
        catch (Exception broken) when (broken is JSException or TimeoutException)
        {
            Failure = "The browser did not send it in time. Try again.";
        }
        catch (PolicyWorkException undone)
        {
            Failure = undone.Message;
        }
        catch (ClickHouseException problem)
        {
            Failure = problem.Failure switch
            {
                StoreFailure.Unavailable => "The store does not answer; it is restarted by itself. Events are still accepted.",
                StoreFailure.Overloaded => "The store has not enough room or time for this now. A shorter time makes it cheaper.",
                _ => "The store cannot answer this. The cause is in the server's log.",
            };
        }
        finally
        {
            if (_work == own)
            {
                (_work, IsBusy) = (null, false);
                StateHasChanged();
            }
        }
    }
}
