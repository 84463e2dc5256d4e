using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Reeve.Audit.Policy;
using Reeve.Server.Policies;
using Reeve.Server.Ui.Reads;

namespace Reeve.Server.Ui.Policy;

/// <summary>Which rule of the policy decides a request.</summary>
public sealed partial class ExplainTab
{
    private const int MostPassed = 100;
    private const int LongestEvent = 16 << 20;

    private readonly RequestForm _form = new();
    private ElementReference _event;
    private PolicyRequest? _ofEvent;
    private Explanation? _explanation;
    private PolicyDraft? _explained;
    private string? _problem;
    private bool _isEvent;

    /// <summary>The rule that decides what is explained now; null for none.</summary>
    [Parameter]
    public EventCallback<int?> OnDecided { get; set; }

    /// <summary>Gives what stands in a box of the page, of any length.</summary>
    [Parameter, EditorRequired]
    public Func<ElementReference, ValueTask<IJSStreamReference?>> Typed { get; set; } = default!;

    [Inject]
    private IEventReads Events { get; set; } = default!;

    private static IEnumerable<string> Verbs => RequestVerbs.OfResources.Union(RequestVerbs.OfPaths, StringComparer.Ordinal);

    private static IEnumerable<string> Resources => ApiResources.All.Select(resource => resource.Written).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Groups => ApiResources.All.Select(resource => resource.Group).Where(group => group.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => ReferenceEquals(_explained, Draft) ? Task.CompletedTask : ExplainAsync();

    private Task ShowAsync(bool isEvent)
    {
        (_isEvent, _problem) = (isEvent, null);
        return ExplainAsync();
    }

    private Task SetAsync(Action<string> set, ChangeEventArgs change)
    {
        set(change.Value as string ?? "");
        return ExplainAsync();
    }

    private Task ExplainAsync()
    {
        _explained = Draft;
        var request = _isEvent ? _ofEvent : _form.Request;
        _explanation = Draft.Policy is { } policy && request is not null ? Explanation.Of(policy, request, MostPassed) : null;
        return OnDecided.InvokeAsync(_explanation?.Rule);
    }

    private Task ExplainEventAsync() => WorkAsync(async ct =>
    {
        (_ofEvent, _problem, _explanation) = (null, null, null);
        var text = await TypedAsync(ct);
        if (text is null)
            _problem = "The event is longer than 16 MiB.";
        else if (text.Length == 0)
            _problem = "There is nothing in the box yet.";
        else if (text[0] != '{' && await Events.GetAsync(text, ct) is { Raw: { } raw })
            Read(raw);
        else if (text[0] != '{')
            _problem = "No event has that id.";
        else
            Read(text);
        await ExplainAsync();
    });

    private void Read(string json)
    {
        if (ExplainedRequest.TryRead(json, out var request, out var problem))
            _ofEvent = request;
        else
            _problem = $"{char.ToUpperInvariant(problem[0])}{problem[1..]}.";
    }

    private async Task<string?> TypedAsync(CancellationToken ct)
    {
        await using var typed = await Typed(_event);
        if (typed is null)
            return "";
        if (typed.Length > LongestEvent)
            return null;
        await using var bytes = await typed.OpenReadStreamAsync(LongestEvent, ct);
        using var reader = new StreamReader(bytes, Encoding.UTF8);
        return (await reader.ReadToEndAsync(ct)).Trim();
    }
}
