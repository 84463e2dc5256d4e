using Microsoft.AspNetCore.Components;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Linting;
using Reeve.Server.Policies;
using Reeve.Store.Query.Traffic;

namespace Reeve.Server.Ui.Policy;

/// <summary>The smallest change of a policy by which a rule or a control sees all, and what it costs.</summary>
public sealed partial class ChangeView
{
    private const int MostPlaces = 6;

    private PolicyChange? _shown;
    private StoredTraffic? _traffic;
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
        var traffic = Shelf.Known(Address, Policy.HasNames);
        if (ReferenceEquals(_shown, Change) && (IsBusy || ReferenceEquals(_traffic, traffic)))
            return Task.CompletedTask;
        if (!ReferenceEquals(_shown, Change))
        {
            _patched = Draft.Reading is { } reading ? PolicyPatch.Apply(Draft.Text, reading, Change) : null;
            _revealed = [.. SecretBodiesCheck.Revealed(Change.Changed).Except(SecretBodiesCheck.Revealed(Policy), StringComparer.Ordinal)];
        }

        // A price is of the traffic that the page shows, or it is none.
        (_shown, _price, _traffic) = (Change, null, traffic);
        return traffic is null ? Task.CompletedTask : PriceAsync();
    }

    private Task PriceAsync() => WorkAsync(async ct =>
    {
        var traffic = await Shelf.GetAsync(Address, Policy.HasNames, ct);
        var price = await Workbench.PriceAsync(Policy, Change, traffic, ct);
        ct.ThrowIfCancellationRequested();
        (_price, _traffic) = ((price, traffic.Traffic.TimesADay), traffic);
    });

    private string Where(int before) => before < Policy.Rules.Length ? $"before rule {before + 1}, line {Draft.LineOf(before)}" : "at the end";
}
