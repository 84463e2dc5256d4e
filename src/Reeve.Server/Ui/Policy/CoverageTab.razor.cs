using Microsoft.AspNetCore.Components;
using Reeve.Server.Policies;

namespace Reeve.Server.Ui.Policy;

/// <summary>Which detection rules and controls the policy blinds.</summary>
public sealed partial class CoverageTab
{
    private const int Step = 60;

    private (PolicyDraft? Draft, PolicyAddress? Address, int Version)? _asked;
    private CoverageReport? _report;
    private PolicyDraft _told = PolicyDraft.None;
    private CoverageView _view = new();
    private bool _isObserved;
    private int _most = Step;

    /// <summary>Time and cluster.</summary>
    [Parameter, EditorRequired]
    public PolicyAddress Address { get; set; } = default!;

    /// <summary>Grows when the traffic is to be read again.</summary>
    [Parameter]
    public int Version { get; set; }

    /// <summary>The person takes a changed text into the editor.</summary>
    [Parameter]
    public EventCallback<string> OnTake { get; set; }

    [CascadingParameter]
    internal TrafficShelf Shelf { get; set; } = default!;

    // What is told is of the text in the editor, and nothing newer is on its way.
    private bool IsCurrent => !IsBusy && Failure is null && (_isObserved || _told == Draft);

    [Inject]
    private PolicyWorkbench Workbench { get; set; } = default!;

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        (PolicyDraft?, PolicyAddress?, int) now = _isObserved ? (null, Address with { Tab = default, LocalTime = false }, Version) : (Draft, null, 0);
        if (!IsOpen || (!_isObserved && Draft.Policy is null) || _asked == now)
            return Task.CompletedTask;
        _asked = now;
        return AskAsync();
    }

    private Task ShowAsync(bool isObserved)
    {
        if (_isObserved == isObserved)
            return Task.CompletedTask;
        (_isObserved, _report) = (isObserved, null);
        return OnParametersSetAsync();
    }

    private Task AskAsync() => WorkAsync(async ct =>
    {
        if (_isObserved)
        {
            var traffic = await Shelf.GetAsync(Address, hasNames: false, ct);
            var report = traffic.Read == 0 ? null : await Workbench.ObservedCoverageAsync(traffic, ct);
            ct.ThrowIfCancellationRequested();
            _report = report;
        }
        else if (Draft is { Policy: { } policy } draft)
        {
            var report = await Workbench.CoverageAsync(draft.Text, policy, ct);
            // It may have been found at once, while that of an older text was on its way.
            ct.ThrowIfCancellationRequested();
            (_report, _told) = (report, draft);
        }
    });

    private string Shown(CoverageReport report)
    {
        var count = _view.Of(report).Count();
        return count == report.Rules.Length ? $"{count:N0} rules" : $"{count:N0} of {report.Rules.Length:N0} rules";
    }
}
