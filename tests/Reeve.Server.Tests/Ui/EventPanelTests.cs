using System.Text.Json;
using Bunit;
using CsCheck;
using Reeve.Audit;
using Reeve.Audit.Findings;
using Reeve.Server.Ui.Components;
using Reeve.Server.Ui.Search;
using Reeve.Store.Findings;
using Reeve.Store.Query;
using Reeve.Store.Query.Parsing;

namespace Reeve.Server.Tests.Ui;

public sealed class EventPanelTests
{
    private const string Script = "<script>alert(1)</script>";
    private const string Breakout = "\"><img src=x onerror=alert(1)>";

    [Fact]
    public void Markup_in_an_event_is_text_wherever_it_is_shown()
    {
        var raw = JsonSerializer.Serialize(new Dictionary<string, object> { [Script] = Breakout, ["userAgent"] = Script });
        var panel = Open(Samples.Event(1) with
        {
            User = Script, Actor = Script, Agent = Script, Uri = Breakout, Name = Breakout, Verb = Script,
            Resource = Breakout, Subresource = Script, Namespace = Breakout, Groups = [Script], Claimed = [Breakout], Ip = Breakout, Message = Script,
            AuditId = Breakout, Stage = Script, DecisionReason = "RBAC: allowed by " + Script, Code = 200,
        }, raw);

        Assert.Empty(panel.FindAll("script, img"));
        Assert.Contains(Script, panel.Find(".json").TextContent);
        Assert.Contains(Script, panel.Find(".sentence").TextContent);
        Assert.All(panel.FindAll("a[href]"), link => Assert.StartsWith("/", link.GetAttribute("href")));
        Assert.All(panel.FindAll("*"), element => Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("onerror", StringComparison.Ordinal)));
    }

    [Fact]
    public void Each_field_can_be_filtered_for_and_out()
    {
        var panel = Open(Samples.Event(1) with { User = "system:node:n1", Verb = "get" }, "{}", "verb:get");

        Assert.Equal("/search?q=verb%3Aget%20user%3Asystem%3Anode%3An1&event=s-1", panel.Find("[aria-label='Filter for user system:node:n1']").GetAttribute("href"));
        Assert.Equal("/search?q=verb%3Aget%20-user%3Asystem%3Anode%3An1&event=s-1", panel.Find("[aria-label='Filter out user system:node:n1']").GetAttribute("href"));
        Assert.Equal("/search?q=verb%3Aget", panel.Find("[data-close]").GetAttribute("href"));
    }

    [Fact]
    public void What_is_no_event_is_shown_as_text_and_called_so()
    {
        var panel = Open(Samples.Event(1) with { Integrity = Integrity.Unreadable }, "Nov 23 host garbage\u0007 " + Script);

        Assert.Contains("no audit event", panel.Find(".sentence").TextContent);
        Assert.Equal("Nov 23 host garbage\\u0007 " + Script, panel.Find(".raw-text").TextContent);
    }

    [Fact]
    public void A_missing_event_is_told_not_thrown()
    {
        using var context = new PageContext(new FakeReads());
        var panel = context.Render<EventPanel>(page => page.Add(p => p.Id, Script).Add(p => p.Address, new SearchAddress()));

        Assert.Contains("no such event", panel.Markup);
    }

    [Fact]
    public void The_stages_of_a_request_are_listed_in_order()
    {
        var first = Samples.Event(1) with { Stage = "RequestReceived", AuditId = "7" };
        var last = first with { Id = new EventId("s", 2), Time = DateTime.UnixEpoch.AddMilliseconds(3.5), Stage = "ResponseComplete", Code = 200 };
        using var context = new PageContext(new FakeReads(last, first));

        var stages = context.Render<EventPanel>(page => page.Add(p => p.Id, "s-2").Add(p => p.Address, new SearchAddress())).FindAll(".stages li");

        Assert.Equal(["RequestReceived|00:00:00.000000||JSON", "ResponseComplete 200|00:00:00.003500|+3.5 ms|JSON"], stages.Select(stage => string.Join('|', stage.Children.Select(part => part.TextContent))));
        Assert.Equal("true", stages[1].GetAttribute("aria-current"));
        Assert.Equal(["/search?event=s-1", "/api/v1/events/s-1"], stages[0].QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void The_length_of_a_session_is_told()
    {
        var first = Samples.Event(1) with { Time = PageContext.Start.UtcDateTime, Stage = "ResponseStarted", AuditId = "7", Subresource = "exec", Code = 101 };
        var last = first with { Id = new EventId("s", 2), Time = first.Time.AddSeconds(12.5), Stage = "ResponseComplete" };
        using var context = new PageContext(new FakeReads(last, first with { Raw = """{"requestReceivedTimestamp":"2026-11-23T11:59:59.980000Z"}""" }));

        var panel = context.Render<EventPanel>(page => page.Add(p => p.Id, "s-1").Add(p => p.Address, new SearchAddress()));

        Assert.Equal("Answered after 20 ms; the session lasted 12.5 s.", panel.Find(".timing").TextContent);
    }

    [Theory]
    [InlineData("service account", "sa", "ci/deployer")]
    [InlineData("pod", "pod", "runner-1")]
    [InlineData("credential", "credential", "JTI=1f0e")]
    [InlineData("command", "command", "sh -c id")]
    [InlineData("tty", "tty", "true")]
    [InlineData("tool", "tool", "kubectl")]
    [InlineData("binding", "binding", "shop/ops")]
    [InlineData("role", "role", "edit")]
    public void What_is_read_out_of_other_fields_is_shown_and_can_be_filtered_by(string label, string field, string value)
    {
        var panel = Open(
            Samples.Event(1) with
            {
                User = "system:serviceaccount:ci:deployer", Subresource = "exec", Uri = "/x/exec?command=sh&command=-c&command=id&tty=true",
                Agent = "kubectl/v1.33.1 (linux/amd64)", DecisionReason = "RBAC: allowed by RoleBinding \"ops/shop\" of ClusterRole \"edit\" to Group \"devs\"",
            },
            """{"user":{"extra":{"authentication.kubernetes.io/pod-name":["runner-1"],"authentication.kubernetes.io/credential-id":["JTI=1f0e"]}}}""");

        var only = panel.Find($"[aria-label='Filter for {label} {value}']").GetAttribute("href")!;
        Assert.StartsWith($"/search?q={field}%3A", only, StringComparison.Ordinal);
        Assert.Contains($"q=-{field}%3A", panel.Find($"[aria-label='Filter out {label} {value}']").GetAttribute("href"), StringComparison.Ordinal);
        Assert.True(QueryParser.TryParse(Uri.UnescapeDataString(only["/search?q=".Length..only.IndexOf('&')]), out var filter, out _));
        Assert.Equal(QueryTerm.Is(field, value), filter);
    }

    [Fact]
    public void What_was_found_is_told_with_what_to_do_and_a_way_to_more()
    {
        var row = Samples.Event(1) with { User = Script };
        var found = new FoundEvent
        {
            Id = row.Id, Time = row.Time, Day = new DateOnly(2026, 11, 23), Retention = 0, Cluster = "prod", Source = "file", Host = "", Actor = Script,
            Verb = "patch", Resource = "configmaps", Subresource = "", Namespace = "shop", Name = "ssa", Uri = "/",
        };
        using var context = new PageContext(new FakeReads(row) { Findings = [found.As(FindingKinds.Orphan, row.Time, ofRequest: true)] });

        var panel = context.Render<EventPanel>(page => page.Add(p => p.Id, row.Id.ToString()).Add(p => p.Address, new SearchAddress { Filter = "verb:get" }));

        var notice = panel.Find(".finding");
        Assert.Contains($"{Script}, patch configmaps shop/ssa: {FindingKinds.Orphan.Sentence}.", notice.TextContent);
        Assert.Contains(FindingKinds.Orphan.Advice, notice.TextContent);
        Assert.Equal("/search?q=finding%3Aorphan", notice.QuerySelector("a")!.GetAttribute("href"));
        Assert.Empty(panel.FindAll("script"));
    }

    [Fact]
    public void Another_event_shows_its_own_json()
    {
        using var context = new PageContext(new FakeReads());
        var tree = context.Render<JsonTree>(page => page.Add(p => p.Raw, """{"user":{"name":"alice"},"code":1}"""));

        tree.Render(page => page.Add(p => p.Raw, """{"user":"bob","code":{"a":2}}"""));

        Assert.Contains("\"bob\"", tree.Markup);
        Assert.DoesNotContain("alice", tree.Markup);
    }

    [Fact]
    public void A_long_list_and_a_long_text_are_not_rendered_whole()
    {
        var raw = $$"""{"items":[{{string.Join(',', Enumerable.Range(0, 5000))}}],"text":"{{new string('x', 50_000)}}"}""";
        using var context = new PageContext(new FakeReads());

        var tree = context.Render<JsonTree>(page => page.Add(p => p.Raw, raw));
        Assert.True(tree.Markup.Length < 10_000);
        tree.Find("button[aria-label='Open items']").Click();

        Assert.Equal(103, tree.FindAll("[role=treeitem]").Count);
        Assert.Contains("4,900 more", tree.Markup);
    }

    [Theory]
    [InlineData("""{"\ud800":"\udc00","a":1}""")]
    [InlineData("""{"a":{"a":1},"a":{"a":2}}""")]
    [InlineData("")]
    [InlineData("[[[[1]]]]")]
    [InlineData("null")]
    public void Odd_json_is_shown(string raw)
    {
        using var context = new PageContext(new FakeReads());

        Assert.NotEmpty(context.Render<JsonTree>(page => page.Add(p => p.Raw, raw)).Markup);
    }

    [Fact]
    public void Deeply_nested_json_is_shown_as_text()
    {
        using var context = new PageContext(new FakeReads());

        var tree = context.Render<JsonTree>(page => page.Add(p => p.Raw, new string('[', 5000) + new string(']', 5000)));

        Assert.Empty(tree.FindAll(".json"));
        Assert.Single(tree.FindAll(".raw-text"));
    }

    [Fact]
    public void Text_with_its_hidden_characters_written_out_hides_nothing() =>
        Gen.String.Sample(text => !JsonText.Visible(text).Any(c => c is not ('\n' or '\t') && char.IsControl(c)));

    private static IRenderedComponent<EventPanel> Open(StoredEvent row, string raw, string filter = "")
    {
        var context = new PageContext(new FakeReads(row with { Raw = raw }));
        return context.Render<EventPanel>(page => page
            .Add(p => p.Id, row.Id.ToString())
            .Add(p => p.Address, new SearchAddress { Filter = filter, EventId = row.Id.ToString() }));
    }
}
