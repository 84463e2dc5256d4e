using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using Reeve.Server.Configuration;
using Reeve.Server.Security;
using Reeve.Server.Setup;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Clusters;
using Reeve.Server.Ui.Reads;
using Reeve.Server.Ui.Search;
using Reeve.Server.Ui.Sources;

namespace Reeve.Server.Ui.Pages;

/// <summary>The Sources page: who delivers, whether anything is lost, and how to send events here.</summary>
public sealed partial class Sources(
    NavigationManager navigation, IStoreProgress store, SourceRegistry sources, ReeveConfiguration configuration, TimeProvider clock, IJSRuntime script)
    : LivePage(navigation, store, sources, clock, script)
{
    private SourcesView _view = SourcesView.Nothing;
    private IReadOnlyList<SenderStatus>? _senders;
    private IReadOnlyList<SourceStatus> _statuses = [];
    private IReadOnlyList<ClusterAssignment> _assignments = [];
    private IReadOnlyList<string> _clusters = [];
    private HashSet<string> _before = [];
    private FirstEvent? _first;
    private string? _assigning;
    private string _whoCan = "";
    private long _second;
    private bool _isSettingUp;
    private bool _canChange;

    /// <inheritdoc/>
    protected override string Path => "/sources";

    /// <inheritdoc/>
    protected override bool IsLocalTime => SearchAddress.Parse(Navigation.Uri).LocalTime;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    private SetupPlace Place => SetupPlace.Of(configuration, _statuses, new Uri(Navigation.BaseUri), Environment.MachineName);

    private string Summary => _view switch
    {
        { HasEvents: false } => "Nothing has arrived yet.",
        { InTrouble: 0 } => "Everything that arrives is read; nothing needs you.",
        { InTrouble: 1 } => "One sender needs somebody to look at it.",
        _ => $"{_view.InTrouble:N0} senders need somebody to look at them.",
    };

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _canChange = await AdministratorAsync() is not null;
        _whoCan = _canChange ? "" : People.Administrators() switch
        {
            [] => "Only an administrator can do that.",
            var some => $"{string.Join(" or ", some.Take(3))} can do that.",
        };
        Refresh();
        _isSettingUp = !_view.HasEvents;
        _before = Ids();
    }

    /// <inheritdoc/>
    protected override bool Open(string address) => false;

    /// <inheritdoc/>
    protected override Func<CancellationToken, Task>? Question(bool isFollowing) => null;

    /// <inheritdoc/>
    protected override bool OnTick() => !IsPaused && Refresh();

    // Relative times change by the second, counts whenever something came.
    private bool Refresh()
    {
        var senders = Senders.Snapshot();
        var statuses = Registry.Snapshot();
        var second = Now.ToUnixTimeSeconds();
        if (ReferenceEquals(senders, _senders) && second == _second && statuses.SequenceEqual(_statuses) && _assignments.SequenceEqual(Assignments.List()))
            return _first is { } shown && Now - shown.At < TimeSpan.FromSeconds(10);
        (_senders, _statuses, _second, _assignments) = (senders, statuses, second, Assignments.List());
        _view = SourcesView.Of(senders, statuses, Now);
        _clusters =
        [
            .. configuration.Clusters.Select(cluster => cluster.Name).Concat(_assignments.Select(assignment => assignment.Cluster))
                .Concat(senders.Where(sender => sender.IsMapped).Select(sender => sender.Cluster)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        NoteFirst();
        return true;
    }

    // Of a sender that was not there when the lines were shown: what was set up works.
    private void NoteFirst()
    {
        if (!_isSettingUp || _first is not null)
            return;
        var row = _view.Clusters.SelectMany(cluster => cluster.Rows).FirstOrDefault(row => row.Status.LastEvent is not null && !_before.Contains(row.Status.Id));
        if (row is not null)
            _first = new(row.Name, row.Status.LastEvent!.Value, row.All);
    }

    private HashSet<string> Ids() => [.. (_senders ?? []).Where(sender => sender.LastEvent is not null).Select(sender => sender.Id)];

    private void OpenSetup() => (_isSettingUp, _first, _before) = (true, null, Ids());

    private void CloseSetup() => _isSettingUp = false;

    private void Assign(string? id)
    {
        _assigning = _assigning == id ? null : id;
        Refresh();
    }

    private async Task Forget(SenderStatus sender)
    {
        if (await AdministratorAsync() is { } by)
            Known.Forget(sender.Id, by);
        Refresh();
    }

    private async Task TakeBack(ClusterAssignment assignment)
    {
        if (await AdministratorAsync() is { } by)
            Assignments.Remove(assignment.Id, by);
        Refresh();
    }

    private async Task<string?> AdministratorAsync()
    {
        var user = Authentication is null ? null : (await Authentication).User;
        return user?.IsInRole(Roles.Admin) == true ? user.Identity?.Name ?? "" : null;
    }

    private sealed record FirstEvent(string Name, DateTimeOffset At, string Search);
}
