using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Reading;
using Reeve.Server.Policies;
using Reeve.Server.Tests.Support;
using Reeve.Server.Ui.Policy;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query.Traffic;

namespace Reeve.Server.Tests.Ui.Policy;

public sealed class PolicyTabTests : IDisposable
{
    private const string Metadata = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n  - level: Metadata\n    users: [\"<b>ana</b>\"]\n  - level: Metadata\n";

    private readonly FakeTraffic _traffic = new();
    private readonly PageContext _context;
    private readonly TrafficShelf _shelf;

    public PolicyTabTests()
    {
        _context = new PageContext(new FakeReads(), configure: services => services.AddSingleton<PolicyWorkbench>().AddSingleton<ITrafficReads>(_traffic));
        _shelf = new TrafficShelf(_traffic, _context.Clock);
    }

    [Fact]
    public void Request_is_explained_as_it_is_typed()
    {
        var decided = new List<int?>();
        var lines = new List<int>();
        var tab = _context.Render<ExplainTab>(parameters => parameters
            .Add(each => each.Draft, Draft(Metadata)).Add(each => each.IsOpen, true).Add(each => each.Typed, _ => ValueTask.FromResult<IJSStreamReference?>(null))
            .Add(each => each.OnDecided, decided.Add).Add(each => each.OnLine, lines.Add));

        Assert.Contains("decides: Metadata at", tab.Find(".decision").TextContent, StringComparison.Ordinal);
        Assert.Contains("its users do not include ana", tab.Find(".passed li").TextContent, StringComparison.Ordinal);
        tab.FindAll(".request-form input")[0].Input("<b>ana</b>");

        Assert.Equal([1, 0], decided.Where(rule => rule is not null));
        Assert.Empty(tab.FindAll(".passed li"));
        Assert.Contains("by <b>ana</b>", tab.Find(".asked").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>ana</b>", tab.Find(".asked").InnerHtml, StringComparison.Ordinal);
        tab.Find(".decision button").Click();
        Assert.Equal([4], lines);
    }

    [Fact]
    public void Traffic_is_read_once_and_told_by_rule()
    {
        _traffic.Answer = FakeTraffic.Of(FakeTraffic.Row("<img src=x>", "get", "pods", AuditLevel.Metadata, 50));
        var tab = Traffic(Draft(Metadata));

        tab.WaitForAssertion(() => Assert.Equal(["1", "2"], tab.FindAll(".policy-table tbody th").Select(cell => cell.TextContent.Trim())));
        Assert.Contains("<img src=x>", tab.FindAll(".policy-table .who")[1].TextContent, StringComparison.Ordinal);
        Assert.Empty(tab.FindAll(".policy-table img"));
        Assert.Contains("events of the cluster", tab.Find(".unknown").TextContent, StringComparison.Ordinal);

        tab.Render(parameters => parameters.Add(each => each.Draft, Draft(Metadata + "\n")));
        tab.WaitForAssertion(() => Assert.DoesNotContain("stale", tab.Find(".policy-tiles").ClassName, StringComparison.Ordinal));
        Assert.Single(_traffic.Asked);
    }

    [Fact]
    public async Task What_a_change_loses_is_told_against_the_version_before()
    {
        var tab = Traffic(Draft(Metadata));
        tab.WaitForElement(".policy-table");
        await ClickAsync(tab, () => tab.FindAll("button").Single(button => button.TextContent.StartsWith("Compare what I change", StringComparison.Ordinal)));

        tab.Render(parameters => parameters.Add(each => each.Draft, Draft(Metadata.Replace("  - level: Metadata\n", "  - level: None\n", StringComparison.Ordinal))));

        tab.WaitForAssertion(() => Assert.Contains("leases", tab.Find(".differences li").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Closed_tab_does_not_ask_and_a_store_that_is_away_is_said_to_be()
    {
        var tab = Traffic(Draft(Metadata), isOpen: false);
        Assert.Empty(_traffic.Asked);

        _traffic.Failure = new ClickHouseException("hunter2", StoreFailure.Unavailable);
        tab.Render(parameters => parameters.Add(each => each.IsOpen, true));

        tab.WaitForAssertion(() => Assert.Contains("does not answer", tab.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        _traffic.Failure = null;
        await ClickAsync(tab, () => tab.Find("[role=alert] button"));
        tab.WaitForElement(".policy-table");
    }

    [Fact]
    public void Sample_is_said_to_be_one()
    {
        var all = FakeTraffic.Of(FakeTraffic.Row("ana", "get", "pods", AuditLevel.Metadata, 50));
        _traffic.Answer = new StoredTraffic(all.Traffic, 50, 5_000, IsWithoutPaths: true);

        var tab = Traffic(Draft(Metadata));

        tab.WaitForAssertion(() => Assert.Contains("There are about 5,000: every number is an estimate", tab.Find(".told").TextContent, StringComparison.Ordinal));
        Assert.Contains("paths and names are not told apart", tab.Find(".told").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blind_rules_are_found_in_the_matrix_with_what_is_missing_and_the_change()
    {
        string? taken = null;
        var tab = _context.Render<CoverageTab>(parameters => parameters
            .AddCascadingValue(_shelf).Add(each => each.Draft, Draft(Metadata)).Add(each => each.IsOpen, true).Add(each => each.Address, new PolicyAddress()).Add(each => each.OnTake, text => taken = text));
        tab.WaitForElement(".matrix", TimeSpan.FromSeconds(60));

        var blind = int.Parse(tab.Find(".matrix tbody tr:first-child .cell.blind").TextContent);
        Assert.InRange(blind, 1, 50);
        await ClickAsync(tab, () => tab.Find(".matrix tbody tr:first-child .cell.blind"));
        tab.WaitForAssertion(() => Assert.Equal(blind, tab.FindAll(".coverage > .covered-list > li").Count));
        await ClickAsync(tab, () => tab.Find(".coverage > .covered-list .covered-head"));
        tab.WaitForAssertion(() => Assert.Contains("which lacks the body", tab.Find(".losses").TextContent, StringComparison.Ordinal));
        await ClickAsync(tab, () => tab.FindAll(".covered-body button").Single(button => button.TextContent == "Put it into the editor"));

        tab.WaitForAssertion(() => Assert.NotNull(taken));
        Assert.NotNull(PolicyReader.Read("p", taken!, Xunit.TestContext.Current.CancellationToken).Policy);
        Assert.Contains("users: [\"<b>ana</b>\"]", taken, StringComparison.Ordinal);
        Assert.NotEmpty(tab.FindAll(".controls .covered-head"));
    }

    [Fact]
    public async Task Change_is_priced_when_its_person_asks_and_known_traffic_prices_by_itself()
    {
        var tab = Coverage(Draft(Metadata));
        tab.WaitForElement(".matrix", TimeSpan.FromSeconds(60));
        await ClickAsync(tab, () => tab.Find(".matrix tbody tr:first-child .cell.blind"));
        await ClickAsync(tab, () => tab.FindAll(".coverage > .covered-list .covered-head")[0]);
        Assert.Empty(_traffic.Asked);

        await ClickAsync(tab, () => tab.FindAll(".covered-body button").Single(button => button.TextContent == "What would it cost?"));

        tab.WaitForAssertion(() => Assert.Matches("a day|cost not known|costs nothing", tab.Find(".covered-body h4").TextContent));
        await ClickAsync(tab, () => tab.FindAll(".coverage > .covered-list .covered-head")[1]);
        tab.WaitForAssertion(() => Assert.DoesNotContain(tab.FindAll(".covered-body button"), button => button.TextContent == "What would it cost?"));
        Assert.Single(_traffic.Asked);
    }

    [Fact]
    public async Task Control_has_its_change()
    {
        var tab = Coverage(Draft(Metadata));
        tab.WaitForElement(".matrix", TimeSpan.FromSeconds(60));

        await ClickAsync(tab, () => tab.FindAll(".controls .covered-head")[0]);
        await ClickAsync(tab, () => tab.FindAll(".control-list button").First(button => button.TextContent == "What would show it"));

        tab.WaitForAssertion(() => Assert.NotEmpty(tab.FindAll(".control-list pre")));
    }

    [Fact]
    public async Task Change_of_an_older_text_is_not_put_in_the_place_of_a_newer_one()
    {
        var tab = Coverage(Draft(Metadata));
        tab.WaitForElement(".matrix", TimeSpan.FromSeconds(60));
        await ClickAsync(tab, () => tab.Find(".matrix tbody tr:first-child .cell.blind"));
        await ClickAsync(tab, () => tab.Find(".coverage > .covered-list .covered-head"));
        IElement Put() => tab.FindAll(".covered-body button").Single(button => button.TextContent == "Put it into the editor");
        tab.WaitForAssertion(() => Assert.False(Put().HasAttribute("disabled")));

        tab.Render(parameters => parameters.Add(each => each.Draft, Draft("rules: [")));

        tab.WaitForAssertion(() => Assert.True(tab.FindAll(".covered-body button").Count == 0 || Put().HasAttribute("disabled")));
    }

    [Fact]
    public async Task Who_needs_names_takes_no_traffic_from_who_does_not()
    {
        var reads = new SlowTraffic();
        using var shelf = new TrafficShelf(reads, _context.Clock);
        var without = shelf.GetAsync(new PolicyAddress(), hasNames: false, Xunit.TestContext.Current.CancellationToken);
        var with = shelf.GetAsync(new PolicyAddress(), hasNames: true, Xunit.TestContext.Current.CancellationToken);

        reads.Go.SetResult(_traffic.Answer);

        Assert.Same(_traffic.Answer, await without);
        Assert.Same(_traffic.Answer, await with);
        Assert.Same(_traffic.Answer, shelf.Known(new PolicyAddress(), hasNames: true));
        shelf.Forget();
        Assert.Null(shelf.Known(new PolicyAddress(), hasNames: false));
        Assert.Null(shelf.At);
    }

    [Fact]
    public async Task Traffic_that_is_read_anew_under_a_tab_is_said_and_not_waited_for_in_vain()
    {
        var reads = new SlowTraffic();
        using var shelf = new TrafficShelf(reads, _context.Clock);
        var tab = _context.Render<SuggestTab>(parameters => parameters
            .AddCascadingValue(shelf).Add(each => each.IsOpen, true).Add(each => each.Draft, PolicyDraft.None).Add(each => each.Address, new PolicyAddress()));
        await ClickAsync(tab, () => tab.FindAll("button").Single(button => button.TextContent == "Suggest a policy"));

        shelf.Forget();

        tab.WaitForAssertion(() => Assert.Contains("read anew", tab.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Suggestion_is_shown_with_what_it_weakens_and_can_be_taken()
    {
        string? taken = null;
        var tab = _context.Render<SuggestTab>(parameters => parameters
            .AddCascadingValue(_shelf).Add(each => each.IsOpen, true).Add(each => each.Draft, PolicyDraft.None).Add(each => each.Address, new PolicyAddress()).Add(each => each.OnTake, text => taken = text));
        Assert.Empty(_traffic.Asked);

        tab.Find("select").Change("Critical");
        await ClickAsync(tab, () => tab.FindAll("button").Single(button => button.TextContent == "Suggest a policy"));
        tab.WaitForElement(".saving", TimeSpan.FromSeconds(120));
        await ClickAsync(tab, () => tab.FindAll("button").Single(button => button.TextContent == "Take it into the editor"));

        tab.WaitForAssertion(() => Assert.NotNull(taken));
        Assert.NotNull(PolicyReader.Read("p", taken!, Xunit.TestContext.Current.CancellationToken).Policy);
        Assert.NotEmpty(tab.FindAll(".weak .price"));
    }

    public void Dispose()
    {
        _shelf.Dispose();
        _context.Dispose();
    }

    private IRenderedComponent<CoverageTab> Coverage(PolicyDraft draft) => _context.Render<CoverageTab>(parameters => parameters
        .AddCascadingValue(_shelf).Add(each => each.Draft, draft).Add(each => each.IsOpen, true).Add(each => each.Address, new PolicyAddress()));

    private IRenderedComponent<TrafficTab> Traffic(PolicyDraft draft, bool isOpen = true) => _context.Render<TrafficTab>(parameters => parameters
        .AddCascadingValue(_shelf).Add(each => each.Draft, draft).Add(each => each.IsOpen, isOpen).Add(each => each.Address, new PolicyAddress()));

    // Work goes on elsewhere: the element must not be replaced between finding and clicking it.
    private static Task ClickAsync<TTab>(IRenderedComponent<TTab> tab, Func<IElement> find)
        where TTab : IComponent => tab.InvokeAsync(() => find().Click());

    private static PolicyDraft Draft(string text) => new(text, PolicyReader.Read("policy", text, Xunit.TestContext.Current.CancellationToken));

    /// <summary>Answers when it is told to, or never.</summary>
    private sealed class SlowTraffic : ITrafficReads
    {
        public TaskCompletionSource<StoredTraffic> Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<StoredTraffic> ReadAsync(TrafficRequest request, CancellationToken cancellationToken) => Go.Task.WaitAsync(cancellationToken);
    }
}
