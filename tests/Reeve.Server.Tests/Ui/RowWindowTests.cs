using Reeve.Server.Ui.Search;
using Reeve.Store.Query;

namespace Reeve.Server.Tests.Ui;

public sealed class RowWindowTests
{
    private int _loads;

    [Fact]
    public async Task Rows_are_loaded_page_by_page_as_far_as_asked()
    {
        var window = Over(350);

        var top = await window.ItemsAsync(0, 30, TestContext.Current.CancellationToken);
        Assert.Equal(0, _loads);
        Assert.Equal(200, top.TotalItemCount);

        var below = await window.ItemsAsync(240, 30, TestContext.Current.CancellationToken);
        Assert.Equal(2, _loads);
        Assert.Equal(Enumerable.Range(240, 30).Select(n => $"s-{n}"), below.Items.Select(row => row.Id.ToString()));

        var end = await window.ItemsAsync(340, 30, TestContext.Current.CancellationToken);
        Assert.Equal(10, end.Items.Count());
        Assert.Equal(350, end.TotalItemCount);
    }

    [Fact]
    public async Task More_rows_than_the_window_holds_are_not_loaded()
    {
        var window = Over(RowWindow.MaxRows * 2);

        var end = await window.ItemsAsync(RowWindow.MaxRows + 500, 30, TestContext.Current.CancellationToken);

        Assert.True(window.IsFull);
        Assert.Equal(RowWindow.MaxRows, end.TotalItemCount);
        Assert.Equal(RowWindow.MaxRows, window.Rows.Count);
    }

    [Fact]
    public async Task Two_who_wait_for_the_same_page_load_it_once_and_in_order()
    {
        var gate = new TaskCompletionSource();
        var window = new RowWindow(Page(0, 100, 400), async (place, cancel) =>
        {
            _loads++;
            await gate.Task.WaitAsync(cancel);
            return Page(int.Parse(place), 100, 400);
        });
        using var given = new CancellationTokenSource();

        var first = window.ItemsAsync(100, 50, given.Token).AsTask();
        var second = window.ItemsAsync(120, 50, TestContext.Current.CancellationToken).AsTask();
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        var rows = await second;

        Assert.Equal(Enumerable.Range(120, 50).Select(n => $"s-{n}"), rows.Items.Select(row => row.Id.ToString()));
        Assert.Equal(200, window.Rows.Select(row => row.Id.ToString()).Distinct().Count());
    }

    [Fact]
    public async Task A_row_that_comes_twice_is_shown_once()
    {
        var window = new RowWindow(Page(0, 100, 300), (place, _) => Task.FromResult(
            place == "100" ? new SearchPage(Page(60, 100, 300).Rows, "160") : Page(150, 150, 300)));

        var rows = await window.ItemsAsync(0, 400, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 300).Select(n => $"s-{n}"), rows.Items.Select(row => row.Id.ToString()));
    }

    private RowWindow Over(int total) => new(Page(0, 100, total), (place, _) =>
    {
        _loads++;
        return Task.FromResult(Page(int.Parse(place), 100, total));
    });

    private static SearchPage Page(int start, int count, int total)
    {
        var rows = Enumerable.Range(start, Math.Min(count, total - start)).Select(n => Samples.Event((ulong)n)).ToList();
        return new SearchPage(rows, start + count < total ? (start + count).ToString() : null);
    }
}
