using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Reeve.Server.Policies;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Clusters;
using Reeve.Server.Ui.Components;
using Reeve.Server.Ui.Policy;
using Reeve.Server.Ui.Reads;
using Reeve.Store.ClickHouse;

namespace Reeve.Server.Ui.Pages;

/// <summary>The Policy page: an audit policy, what is wrong with it, what it records, and whom it blinds.</summary>
public sealed partial class Policy(
    NavigationManager navigation, IStoreProgress store, SourceRegistry sources, TimeProvider clock, IJSRuntime script)
    : LivePage(navigation, store, sources, clock, script)
{
    private const string Default = "setup/audit-policy.yaml";

    private readonly CancellationTokenSource _left = new();
    private PolicyAddress _address = new();
    private PolicyDraft _draft = PolicyDraft.None;
    private TrafficShelf _shelf = default!;
    private PolicyEditor _editor = default!;
    private IReadOnlyList<string> _clusters = [];
    private string? _problem;
    private int? _decides;
    private int _version;
    private CancellationTokenSource? _reading;
    private bool _isRead;
    private bool _isTooLong;
    private bool _isStarting;

    /// <inheritdoc/>
    protected override string Path => PolicyAddress.Path;

    /// <inheritdoc/>
    protected override bool IsLocalTime => _address.LocalTime;

    /// <inheritdoc/>
    protected override bool IsLive => false;

    [Inject]
    private ITrafficReads Traffic { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private ClusterList Known { get; set; } = default!;

    private IReadOnlyList<BarRow> Clusters =>
    [
        new("all", 0, (_address with { Cluster = null }).ToString()),
        .. _clusters.Select(cluster => new BarRow(cluster, 0, (_address with { Cluster = cluster }).ToString())),
    ];

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _shelf = new TrafficShelf(Traffic, Clock) { Changed = () => _ = InvokeAsync(StateHasChanged) };
        _clusters = [.. Known.Snapshot().Select(cluster => cluster.Name)];
    }

    /// <inheritdoc/>
    protected override bool Open(string address)
    {
        _address = PolicyAddress.Parse(address);
        return false;
    }

    /// <inheritdoc/>
    protected override void OnLeave()
    {
        _left.Cancel();
        _left.Dispose();
        _reading?.Dispose();
        _shelf.Dispose();
    }

    /// <inheritdoc/>
    protected override Func<CancellationToken, Task>? Question(bool isFollowing) => null;

    private async Task ReadAsync(string? text)
    {
        (_isTooLong, _isRead) = (text is null, true);
        if (_reading is { } older)
            await older.CancelAsync();
        var own = _reading = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
        try
        {
            var draft = string.IsNullOrWhiteSpace(text) ? PolicyDraft.None : new PolicyDraft(text, await PolicyWorkbench.ReadAsync(text, own.Token));
            if (own.IsCancellationRequested || _draft.Text == draft.Text)
                return;
            _draft = draft;
            await MarkAsync();
        }
        catch (OperationCanceledException)
        {
            // A newer text is read, or the page was left.
        }
    }

    private Task DecideAsync(int? rule)
    {
        if (_decides == rule)
            return Task.CompletedTask;
        _decides = rule;
        return MarkAsync();
    }

    private Task MarkAsync() => _editor.MarkAsync(_draft.Marks(_decides));

    private Task GoToAsync(int line) => _editor.GoToAsync(line);

    private Task TakeAsync(string text) => _editor.PutAsync(text);

    private void Again()
    {
        _shelf.Forget();
        _version++;
    }

    private async Task StartFromDefaultAsync()
    {
        await using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(Default)!;
        using var reader = new StreamReader(resource);
        await _editor.PutAsync(await reader.ReadToEndAsync(_left.Token));
    }

    private async Task StartFromRecordedAsync()
    {
        (_isStarting, _problem) = (true, null);
        var ct = _left.Token;
        try
        {
            var traffic = await _shelf.GetAsync(_address, hasNames: false, ct);
            if (traffic.Read == 0)
                _problem = $"Nothing was recorded in the {_address.Time.Words(Zone).ToLowerInvariant()}.";
            else
                await _editor.PutAsync(await Task.Run(() => RecordedMix.Write(traffic.Traffic), ct));
        }
        catch (ClickHouseException)
        {
            _problem = "The store does not answer this now. Try again in a moment.";
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        finally
        {
            _isStarting = false;
        }
    }
}
