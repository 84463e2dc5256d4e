using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Reeve.Detection.Policy.Reading;

namespace Reeve.Server.Ui.Policy;

/// <summary>The editor of a policy. Its text stands in the browser; here comes what was typed, a moment after the last key.</summary>
public sealed partial class PolicyEditor
{
    private const string FileName = "audit-policy.yaml";

    // Each character takes four bytes at most.
    private const int LongestBytes = 4 * PolicyReader.Longest;

    private ElementReference _frame;
    private DotNetObjectReference<PolicyEditor>? _self;
    private string _copy = "Copy";
    private int _changes;

    /// <summary>Whether nothing stands in it.</summary>
    [Parameter]
    public bool IsEmpty { get; set; } = true;

    /// <summary>What lies over it while it is empty.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>The text changed; null where it is longer than any policy.</summary>
    [Parameter]
    public EventCallback<string?> OnText { get; set; }

    /// <inheritdoc/>
    protected override string ScriptPath => "/_content/Reeve.Server/js/policy.js";

    /// <summary>The browser has a new text.</summary>
    /// <param name="length">How long it is, in characters.</param>
    [JSInvokable]
    public Task Changed(int length) => WithScriptAsync(async module =>
    {
        var change = ++_changes;
        _copy = "Copy";
        var text = length == 0 ? "" : null;
        if (length is > 0 and <= PolicyReader.Longest)
        {
            await using var typed = await module.InvokeAsync<IJSStreamReference>("text", _frame);
            text = await ReadAsync(typed);
        }

        // Of two that overtake each other, the later counts.
        if (change == _changes)
            await OnText.InvokeAsync(text);
    });

    /// <summary>Puts a text in the place of what stands there.</summary>
    public Task PutAsync(string text) => WithScriptAsync(module => module.InvokeVoidAsync("put", _frame, text).AsTask());

    /// <summary>Goes to a line and a column, both from 1.</summary>
    public Task GoToAsync(int line, int column = 1) => WithScriptAsync(module => module.InvokeVoidAsync("goTo", _frame, line, column).AsTask());

    /// <summary>Saves a text as a file of the person's.</summary>
    public Task DownloadAsync(string text) => WithScriptAsync(module => module.InvokeVoidAsync("download", FileName, text).AsTask());

    /// <summary>What stands in another box of the page, of any length; null before the script came.</summary>
    public async ValueTask<IJSStreamReference?> TypedAsync(ElementReference box)
    {
        IJSStreamReference? typed = null;
        await WithScriptAsync(async module => typed = await module.InvokeAsync<IJSStreamReference>("text", box));
        return typed;
    }

    /// <summary>Marks lines.</summary>
    internal Task MarkAsync(IReadOnlyCollection<EditorMark> marks) => WithScriptAsync(module => module.InvokeVoidAsync("mark", _frame, marks).AsTask());

    /// <inheritdoc/>
    protected override async Task BeginAsync(IJSObjectReference module)
    {
        _self = DotNetObjectReference.Create(this);
        await module.InvokeVoidAsync("attach", _frame, _self);
    }

    /// <inheritdoc/>
    protected override Task EndAsync()
    {
        _self?.Dispose();
        return Task.CompletedTask;
    }

    private static async Task<string> ReadAsync(IJSStreamReference typed)
    {
        await using var bytes = await typed.OpenReadStreamAsync(LongestBytes);
        using var reader = new StreamReader(bytes, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private Task CopyAsync() => WithScriptAsync(async module =>
    {
        try
        {
            await module.InvokeVoidAsync("copyFrom", _frame);
            _copy = "Copied";
        }
        catch (JSException)
        {
            _copy = "The browser does not allow it";
        }
    });
}
