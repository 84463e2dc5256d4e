using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using Reeve.Server.Sources;
using Reeve.Server.Ui.Charts;
using Reeve.Server.Ui.Components;
using Reeve.Server.Ui.Filters;
using Reeve.Server.Ui.Reads;
using Reeve.Server.Ui.Search;
using Reeve.Server.Ui.Time;
using Reeve.Server.Ui.Words;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query;
using Reeve.Store.Query.Parsing;

namespace Reeve.Server.Ui.Pages;

/// <summary>The Search page. Everything it shows is in its address; it follows the store while events come in.</summary>
public sealed partial class Search(
    NavigationManager navigation,
    IEventReads reads,
    IStoreProgress store,
    SourceRegistry sources,
    TimeProvider clock,
    IJSRuntime script)
{
    private readonly SearchRunner _runner = new(reads, clock);
    private readonly ReadSchedule _schedule = new(clock);
    private SearchAddress _address = new();
    private DisplayZone _zone = DisplayZone.Utc;
    private StoreProgress _progress = store.Current;
    private IReadOnlyList<SourceStatus> _sources = [];
    private SearchResults? _results;
    private HistogramDrawing? _drawing;
    private EmptyReason? _empty;
    private QueryError? _filterError;
    private string? _failure;
    private bool _storeDown;
    private bool _paused;
    private long _newRows;
    private EventTable? _table;
    private CancellationTokenSource? _following;

    private string Title => _address.Filter.Length == 0 ? "Search – Reeve" : $"{_address.Filter} – Reeve";

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _address = SearchAddress.Parse(navigation.Uri);
        _sources = sources.Snapshot();
        navigation.LocationChanged += Moved;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Before this the page is only markup without a person before it: the store is not asked for that.
        if (!firstRender)
            return;
        _following = new CancellationTokenSource();
        await FindZoneAsync();
        _ = FollowAsync(_following.Token);
        await RunAsync(keepScrolled: false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        navigation.LocationChanged -= Moved;
        if (_following is not null)
            await _following.CancelAsync();
        _following?.Dispose();
        _schedule.Dispose();
    }

    private void Moved(object? sender, LocationChangedEventArgs location) => _ = InvokeAsync(async () =>
    {
        if (!new Uri(location.Location).AbsolutePath.Equals(SearchAddress.Path, StringComparison.Ordinal))
            return;
        var before = _address;
        _address = SearchAddress.Parse(location.Location);
        if (before.LocalTime != _address.LocalTime)
            await FindZoneAsync();
        if (!before.SameRows(_address))
            await RunAsync(keepScrolled: false);
        StateHasChanged();
    });

    private async Task RunAsync(bool keepScrolled)
    {
        _filterError = QueryParser.TryParse(_address.Filter, out var filter, out var error) ? null : error;
        if (_filterError is not null)
        {
            StateHasChanged();
            return;
        }
        var (from, to) = _address.Time.At(clock.GetUtcNow());
        var query = new EventQuery(filter, new TimeRange(from, to), _address.AllEvents ? EventView.Events : EventView.Requests);
        await _schedule.RunAsync(store.Current.Stored, cancel => FindAsync(query, keepScrolled, cancel));
        StateHasChanged();
    }

    private async Task FindAsync(EventQuery query, bool keepScrolled, CancellationToken cancel)
    {
        try
        {
            var found = await _runner.RunAsync(query, cancel);
            _empty = found.Total == 0 ? await EmptyReason.FindAsync(reads, query, _address.Filter, cancel) : null;
            (_storeDown, _failure) = (false, null);
            await ShowAsync(found, keepScrolled);
        }
        catch (ClickHouseException problem) when (problem.Failure == StoreFailure.Unavailable)
        {
            _storeDown = true;
        }
        catch (ClickHouseException problem)
        {
            _failure = problem.Failure == StoreFailure.Overloaded
                ? "The store has not enough room or time for this search now. A shorter time range or one more term makes it cheaper."
                : "The store cannot run this search. The cause is in the server's log.";
        }
    }

    private async Task ShowAsync(SearchResults found, bool keepScrolled)
    {
        _drawing = HistogramDrawings.Of(found.Histogram, _zone);
        if (keepScrolled && _results is { Total: > 0 } before && _table is { IsAtTop: false } && found.Total > 0)
        {
            // A person reads further down: the counts go on, the rows under the eyes stay.
            _newRows += found.Total - before.Total;
            _results = found with { Rows = before.Rows };
            return;
        }
        _newRows = 0;
        _results = found;
        if (_table is not null)
            await _table.ShowAsync(found.Rows, toTop: !keepScrolled);
    }

    private async Task FollowAsync(CancellationToken cancel)
    {
        try
        {
            using var timer = new PeriodicTimer(ReadSchedule.Shortest, clock);
            while (await timer.WaitForNextTickAsync(cancel))
                await InvokeAsync(TickAsync);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (Exception problem)
        {
            await DispatchExceptionAsync(problem);
        }
    }

    private async Task TickAsync()
    {
        var progress = store.Current;
        var snapshot = sources.Snapshot();
        if (progress != _progress || !snapshot.SequenceEqual(_sources))
        {
            (_progress, _sources) = (progress, snapshot);
            StateHasChanged();
        }
        var isDue = _storeDown ? _schedule.IsRetryDue() : !_paused && _schedule.IsDue(progress.Stored);
        if (isDue)
            await RunAsync(keepScrolled: true);
    }

    private async Task FindZoneAsync()
    {
        if (!_address.LocalTime)
            _zone = DisplayZone.Utc;
        else if (await PageScript.TimeZoneAsync(script) is { } zone)
            _zone = zone;
        if (_results?.Histogram is { } histogram)
            _drawing = HistogramDrawings.Of(histogram, _zone);
        StateHasChanged();
    }

    private Task Again() => RunAsync(keepScrolled: false);

    private void Filter(string text) => navigation.NavigateTo((_address with { Filter = text }).ToString());

    private void Narrow((int First, int Last) picked)
    {
        if (_results?.Histogram is not { } histogram || picked.Last >= histogram.Buckets.Count)
            return;
        var time = new TimeSelection.Between(histogram.Buckets[picked.First].Start, histogram.Buckets[picked.Last].Start + histogram.Width);
        navigation.NavigateTo((_address with { Time = time }).ToString());
    }

    private string Only(string category)
    {
        var (field, value) = CategoryWords.Term(category);
        return (_address with { Filter = FilterTerm.Add(_address.Filter, field, value, exclude: false) }).ToString();
    }

    private string Counted(long total) => (_address.AllEvents, total) switch
    {
        (true, 1) => "event",
        (true, _) => "events",
        (_, 1) => "request",
        _ => "requests",
    };
}
