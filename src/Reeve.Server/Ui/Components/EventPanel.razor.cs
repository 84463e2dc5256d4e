using Microsoft.AspNetCore.Components;
using Reeve.Server.Ui.Reads;
using Reeve.Server.Ui.Search;
using Reeve.Server.Ui.Time;
using Reeve.Store.ClickHouse;
using Reeve.Store.Findings;
using Reeve.Store.Query;

namespace Reeve.Server.Ui.Components;

/// <summary>One event: its sentence, what was remarked about it, its stages, fields and JSON.</summary>
public sealed partial class EventPanel(IEventReads reads) : IDisposable
{
    private CancellationTokenSource? _loading;
    private StoredEvent? _event;
    private IReadOnlyList<StoredEvent> _stages = [];
    private IReadOnlyList<Finding> _findings = [];
    private string? _problem;
    private string? _loadedId;

    /// <summary>The event's id, from the address: anything a person may have typed.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>What the page shows.</summary>
    [Parameter, EditorRequired]
    public SearchAddress Address { get; set; } = default!;

    /// <summary>The zone of the times.</summary>
    [Parameter, EditorRequired]
    public DisplayZone Zone { get; set; } = DisplayZone.Utc;

    private string Closed => (Address with { EventId = null }).ToString();

    /// <inheritdoc/>
    public void Dispose() => _loading?.Cancel();

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (_loadedId == Id || !RendererInfo.IsInteractive)
            return Task.CompletedTask;
        _loadedId = Id;
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        if (_loading is not null)
            await _loading.CancelAsync();
        using var own = new CancellationTokenSource();
        _loading = own;
        _problem = null;
        try
        {
            var found = await reads.GetAsync(Id, own.Token);
            var stages = found is null ? [] : await reads.StagesAsync(found, own.Token);
            var findings = found is null ? null : await reads.FindingsAsync([found, .. stages], own.Token);
            if (own.IsCancellationRequested)
                return;
            (_event, _stages) = (found, stages);
            // Of the request too: an answer whose first stage is remarkable belongs to the same story.
            _findings = findings is null ? [] : [.. findings.SelectMany(about => about)];
            _problem = found is null ? "There is no such event. It may have been deleted by the retention rules." : null;
        }
        catch (OperationCanceledException) when (own.IsCancellationRequested)
        {
            // Another event was opened.
        }
        catch (ClickHouseException)
        {
            _problem = "The store does not answer now; the event is safe.";
        }
        finally
        {
            if (_loading == own)
                _loading = null;
        }
    }
}
