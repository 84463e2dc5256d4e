using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Reeve.Server.Preview;

namespace Reeve.Server.Ui.Pages;

/// <summary>The page that reads what a person pastes or drops, and forgets it.</summary>
public sealed partial class Read(IJSRuntime script)
{
    private const string Script = "/_content/Reeve.Server/js/read.js";
    private const string Example = "setup/example-event.json";

    // Shown at most this often: a file comes in hundreds of pieces.
    private const int PercentStep = 4;

    private readonly CancellationTokenSource _left = new();
    private ElementReference _text;
    private ElementReference _drop;
    private IJSObjectReference? _module;
    private PreviewAnswer? _answer;
    private PreviewedEvent? _chosen;
    private string? _problem;
    private string? _name;
    private bool _busy;
    private int _percent;

    // Before the page is alive a button would do nothing.
    private bool IsReady => _module is not null && !_busy;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        try
        {
            _module = await script.InvokeAsync<IJSObjectReference>("import", Script);
            await _module.InvokeVoidAsync("attach", _text, _drop);
            StateHasChanged();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        _left.Dispose();
        try
        {
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // As above.
        }
    }

    private async Task ReadTextAsync()
    {
        if (_module is null)
            return;
        await using var typed = await _module.InvokeAsync<IJSStreamReference>("typed", _text);
        if (typed.Length == 0)
            await RefuseAsync("There is nothing in the box yet.");
        else
            await ReadAsync(null, typed.Length, cancel => typed.OpenReadStreamAsync(long.MaxValue, cancel));
    }

    private Task ReadFileAsync(InputFileChangeEventArgs change) => change.FileCount switch
    {
        0 => Task.CompletedTask,
        1 => ReadFileAsync(change.File),
        _ => RefuseAsync("One file at a time, please."),
    };

    private async Task ReadFileAsync(IBrowserFile file)
    {
        await FillAsync("");
        await ReadAsync(file.Name, file.Size, cancel => ValueTask.FromResult(file.OpenReadStream(long.MaxValue, cancel)));
    }

    private async Task ShowExampleAsync()
    {
        await using var example = Assembly.GetExecutingAssembly().GetManifestResourceStream(Example)!;
        using var text = new StreamReader(example);
        await FillAsync(await text.ReadToEndAsync());
        await ReadTextAsync();
    }

    private Task ClearAsync()
    {
        (_answer, _chosen, _problem, _name) = (null, null, null, null);
        return FillAsync("");
    }

    private async Task FillAsync(string text)
    {
        if (_module is not null)
            await _module.InvokeVoidAsync("show", _text, text);
    }

    private async Task ReadAsync(string? name, long size, Func<CancellationToken, ValueTask<Stream>> open)
    {
        (_busy, _percent, _problem, _answer, _chosen, _name) = (true, 0, null, null, null, name);
        StateHasChanged();
        try
        {
            await using var stream = await open(_left.Token);
            var (bytes, isPart) = await PreviewContent.ReadAsync(stream, read => Advance(read, size), _left.Token);
            _percent = 100;
            StateHasChanged();
            _answer = await Preview.ReadAsync(bytes, isPart, _left.Token);
            _chosen = _answer.Events is [var first, ..] ? first : null;
        }
        catch (InvalidDataException damaged)
        {
            _problem = damaged.Message;
        }
        catch (Exception gone) when (gone is IOException or JSException or TimeoutException)
        {
            _problem = "The browser could not read it. Was the file moved or changed meanwhile?";
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        finally
        {
            _busy = false;
        }
    }

    private void Advance(long read, long size)
    {
        var percent = (int)Math.Min(99, read * 100 / Math.Max(1, Math.Min(size, EventPreview.MaxBytes)));
        if (percent < _percent + PercentStep)
            return;
        _percent = percent;
        StateHasChanged();
    }

    private Task RefuseAsync(string why)
    {
        _problem = why;
        return Task.CompletedTask;
    }

    private void Choose(PreviewedEvent chosen) => _chosen = chosen;
}
