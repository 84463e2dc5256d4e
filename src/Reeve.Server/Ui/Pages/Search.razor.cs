using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Reeve.Server.Sources;
using Reeve.Server.Ui.Charts;
using Reeve.Server.Ui.Components;
using Reeve.Server.Ui.Filters;
using Reeve.Server.Ui.Reads;
using Reeve.Server.Ui.Search;
using Reeve.Server.Ui.Time;
using Reeve.Server.Ui.Words;
using Reeve.Store.Query;
using Reeve.Store.Query.Parsing;

namespace Reeve.Server.Ui.Pages;

/// <summary>The Search page.</summary>
public sealed partial class Search(
    NavigationManager navigation,
    IEventReads reads,
    IStoreProgress store,
    SourceRegistry sources,
    TimeProvider clock,
    IJSRuntime script)
    : LivePage(navigation, store, sources, clock, script)
{
    private readonly SearchRunner _runner = new(reads, clock);
    private SearchAddress _address = new();
    private SearchResults? _results;
    private HistogramDrawing? _drawing;
    private EmptyReason? _empty;
    private QueryError? _filterError;
    private long _newRows;
    private EventTable? _table;

    /// <inheritdoc/>
    protected override string Path => SearchAddress.Path;

    /// <inheritdoc/>
    protected override bool IsLocalTime => _address.LocalTime;

    private string Title => _address.Filter.Length == 0 ? "Search – Reeve" : $"{_address.Filter} – Reeve";

    /// <inheritdoc/>
    protected override bool Open(string address)
    {
        var before = _address;
        _address = SearchAddress.Parse(address);
        return !before.SameRows(_address);
    }

    /// <inheritdoc/>
    protected override Func<CancellationToken, Task>? Question(bool isFollowing)
    {
        _filterError = QueryParser.TryParse(_address.Filter, out var filter, out var error) ? null : error;
        if (_filterError is not null)
            return null;
        var (from, to) = _address.Time.At(Now);
        var query = new EventQuery(filter, new TimeRange(from, to), _address.AllEvents ? EventView.Events : EventView.Requests);
        return cancel => FindAsync(query, isFollowing, cancel);
    }

    /// <inheritdoc/>
    protected override void OnZone()
    {
        if (_results?.Histogram is { } histogram)
            _drawing = HistogramDrawings.Of(histogram, Zone);
    }

    private async Task FindAsync(EventQuery query, bool keepScrolled, CancellationToken cancel)
    {
        var found = await _runner.RunAsync(query, cancel);
        _empty = found.Total == 0 ? await EmptyReason.FindAsync(reads, query, _address.Filter, cancel) : null;
        await ShowAsync(found, keepScrolled);
    }

    private async Task ShowAsync(SearchResults found, bool keepScrolled)
    {
        _drawing = HistogramDrawings.Of(found.Histogram, Zone);
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

    private void Filter(string text) => Navigation.NavigateTo((_address with { Filter = text }).ToString());

    private void Narrow(HistogramPick picked)
    {
        if (_results?.Histogram is not { } histogram || picked.Last >= histogram.Buckets.Count)
            return;
        var time = new TimeSelection.Between(histogram.Buckets[picked.First].Start, histogram.Buckets[picked.Last].Start + histogram.Width);
        Navigation.NavigateTo((_address with { Time = time }).ToString());
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
