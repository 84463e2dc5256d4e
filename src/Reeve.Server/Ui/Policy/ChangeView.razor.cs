using Microsoft.AspNetCore.Components;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Linting;
using Reeve.Server.Policies;

namespace Reeve.Server.Ui.Policy;

/// <summary>The smallest change of a policy by which a rule or a control sees all, and what it costs.</summary>
public sealed partial class ChangeView
{
    private const int MostPlaces = 6;

    private PolicyChange? _shown;
    private string? _patched;
    private (ChangePrice Price, double TimesADay)? _price;
    private IReadOnlyList<string> _revealed = [];

    /// <summary>The change.</summary>
    [Parameter, EditorRequired]
    public PolicyChange Change { get; set; } = default!;

    /// <summary>The policy that is changed.</summary>
    [Parameter, EditorRequired]
    public AuditPolicy Policy { get; set; } = default!;

    /// <summary>Time and cluster.</summary>
    [Parameter, EditorRequired]
    public PolicyAddress Address { get; set; } = default!;

    /// <summary>Whether the editor holds the text that is changed still.</summary>
    [Parameter]
    public bool CanTake { get; set; }

    /// <summary>The person takes the changed text.</summary>
    [Parameter]
    public EventCallback<string> OnTake { get; set; }

    [CascadingParameter]
    internal TrafficShelf Shelf { get; set; } = default!;

    [Inject]
    private PolicyWorkbench Workbench { get; set; } = default!;

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_shown, Change))
            return Task.CompletedTask;
        (_shown, _price) = (Change, null);
        _patched = Draft.Reading is { } reading ? PolicyPatch.Apply(Draft.Text, reading, Change) : null;
        _revealed = [.. SecretBodiesCheck.Revealed(Change.Changed).Except(SecretBodiesCheck.Revealed(Policy), StringComparer.Ordinal)];
        return Shelf.Known(Address, Policy.HasNames) is null ? Task.CompletedTask : PriceAsync();
    }

    private Task PriceAsync() => WorkAsync(async ct =>
    {
        var traffic = await Shelf.GetAsync(Address, Policy.HasNames, ct);
        var price = await Workbench.PriceAsync(Policy, Change, traffic, ct);
        ct.ThrowIfCancellationRequested();
        _price = (price, traffic.Traffic.TimesADay);
    });

    private string Where(int before) => before < Policy.Rules.Length ? $"before rule {before + 1}, line {Draft.LineOf(before)}" : "at the end";
}
