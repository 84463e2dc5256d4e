using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Reeve.Server.Ui;

/// <summary>
/// A component with a script of its own. A person may go on to another page before the script came, or while it works: whatever
/// fails from then on is of no interest to anybody.
/// </summary>
public abstract class ScriptedComponent : ComponentBase, IAsyncDisposable
{
    private IJSObjectReference? _module;
    private bool _isGone;

    /// <summary>The browser.</summary>
    [Inject]
    public IJSRuntime Script { get; set; } = default!;

    /// <summary>The address of the script.</summary>
    protected abstract string ScriptPath { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        await UnlessGoneAsync(LeaveAsync);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => UnlessGoneAsync(async () =>
    {
        if (firstRender)
        {
            _module = await Script.InvokeAsync<IJSObjectReference>("import", ScriptPath);
            if (!_isGone)
                await BeginAsync(_module);
            if (_isGone)
            {
                await LeaveAsync();
                return;
            }
        }
        if (_module is not null)
            await RenderedAsync(_module);
    });

    /// <summary>The script came.</summary>
    protected virtual Task BeginAsync(IJSObjectReference module) => Task.CompletedTask;

    /// <summary>The component was rendered, the script is there.</summary>
    protected virtual Task RenderedAsync(IJSObjectReference module) => Task.CompletedTask;

    /// <summary>The component was left; called again where something came only afterwards.</summary>
    protected virtual Task EndAsync() => Task.CompletedTask;

    /// <summary>Does something with the script, once it is there.</summary>
    protected Task WithScriptAsync(Func<IJSObjectReference, Task> work) =>
        _module is { } module ? UnlessGoneAsync(() => work(module)) : Task.CompletedTask;

    private async Task LeaveAsync()
    {
        await EndAsync();
        if (_module is not null)
            await _module.DisposeAsync();
    }

    private async Task UnlessGoneAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception problem) when (_isGone || problem is JSDisconnectedException)
        {
            // The page is gone, and what the script did with it.
        }
    }
}
