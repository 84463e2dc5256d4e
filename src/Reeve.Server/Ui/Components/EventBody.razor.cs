using System.Text;
using Microsoft.AspNetCore.Components;
using Reeve.Server.Preview;
using Reeve.Server.Ui.Search;
using Reeve.Server.Ui.Time;
using Reeve.Store.Query;

namespace Reeve.Server.Ui.Components;

/// <summary>All that is shown of one event: its sentence, remarks, stages, fields, fingerprints and JSON.</summary>
public sealed partial class EventBody
{
    private static readonly EventFindings Nothing = new([], null);

    private EventFindings _findings = Nothing;
    private string? _walked;

    /// <summary>The event with its JSON.</summary>
    [Parameter, EditorRequired]
    public StoredEvent Row { get; set; } = default!;

    /// <summary>The stages of its request, the earliest first.</summary>
    [Parameter]
    public IReadOnlyList<StoredEvent> Stages { get; set; } = [];

    /// <summary>The search that the links go on from.</summary>
    [Parameter, EditorRequired]
    public SearchAddress Address { get; set; } = default!;

    /// <summary>The zone of the times.</summary>
    [Parameter, EditorRequired]
    public DisplayZone Zone { get; set; } = DisplayZone.Utc;

    /// <summary>What is said right below the sentence.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_walked, Row.Raw))
            return;
        _walked = Row.Raw;
        _findings = Row.Raw is { Length: > 0 and <= JsonTree.MaxTree } raw ? EventWalk.Of(Encoding.UTF8.GetBytes(raw)) : Nothing;
    }

    // An equal fingerprint is an equal value, wherever it stands and whatever its length was written behind it.
    private static SearchAddress Equal(ScrubbedValue value) => new()
    {
        Filter = $"\"{value.Fingerprint[..Math.Min(value.Fingerprint.Length, "reeve:hmac:".Length + 16)]}\"",
        Time = new TimeSelection.All(),
        AllEvents = true,
    };
}
