using Microsoft.AspNetCore.Components.Web.Virtualization;
using Reeve.Store.Query;

namespace Reeve.Server.Ui.Search;

/// <summary>
/// The rows of one search as far as a person has scrolled. The store gives pages one after the other, the table asks for
/// positions; the window loads what lies between. Not thread-safe, but a call may be cancelled and another one made.
/// </summary>
public sealed class RowWindow
{
    /// <summary>Rows of one page.</summary>
    public const int PageSize = 100;

    /// <summary>Rows a page keeps for one person at most; older ones need a narrower range.</summary>
    public const int MaxRows = 10_000;

    private readonly Func<string, CancellationToken, Task<SearchPage>> _load;
    private readonly List<StoredEvent> _rows = [];
    private readonly HashSet<EventId> _ids = [];
    private string? _next;
    private Task _loading = Task.CompletedTask;

    /// <summary>A window over a first page.</summary>
    /// <param name="first">The first page.</param>
    /// <param name="load">Loads the page after a place.</param>
    public RowWindow(SearchPage first, Func<string, CancellationToken, Task<SearchPage>> load)
    {
        _load = load;
        Add(first);
    }

    /// <summary>The rows loaded so far.</summary>
    public IReadOnlyList<StoredEvent> Rows => _rows;

    /// <summary>Whether there are more rows than the window may hold, and it holds those.</summary>
    public bool IsFull => _next is not null && _rows.Count >= MaxRows;

    /// <summary>The rows from <paramref name="start"/>, loading pages as needed, and how many there are as far as known.</summary>
    public async ValueTask<ItemsProviderResult<StoredEvent>> ItemsAsync(int start, int count, CancellationToken cancel)
    {
        while (_next is { } place && _rows.Count < Math.Min(start + count, MaxRows))
            await (_loading.IsCompleted ? _loading = LoadAsync(place, cancel) : OtherAsync(_loading, cancel));
        var known = _rows.Count + (_next is null || IsFull ? 0 : PageSize);
        return new ItemsProviderResult<StoredEvent>(_rows.Skip(start).Take(count), known);
    }

    private async Task LoadAsync(string place, CancellationToken cancel) => Add(await _load(place, cancel));

    // A table cannot show one row twice, whatever the store answers while it changes.
    private void Add(SearchPage page)
    {
        _rows.AddRange(page.Rows.Where(row => _ids.Add(row.Id)));
        _next = page.Next;
    }

    // The table cancels its question when a person scrolls on; who waits for the same page then asks again.
    private static async Task OtherAsync(Task loading, CancellationToken cancel)
    {
        try
        {
            await loading.WaitAsync(cancel);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Only the other one was.
        }
    }
}
