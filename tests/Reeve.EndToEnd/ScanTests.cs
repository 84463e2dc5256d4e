using System.Text.Json;
using Reeve.EndToEnd.Support;
using static Reeve.EndToEnd.Support.ReeveCommand;

namespace Reeve.EndToEnd;

/// <summary>What programs depend on: the output and the exit codes of <c>reeve scan</c> and <c>reeve rules</c>.</summary>
public sealed class ScanTests
{
    [Fact]
    public async Task A_scan_of_real_logs_names_the_one_who_did_it()
    {
        var (exitCode, output, error) = await RunAsync("scan", Repository.Shared("data", "audit", "permissive", "a14-crb-cluster-admin.jsonl"), "--format", "jsonl", "--fail-on", "high");

        Assert.Equal(3, exitCode);
        var alerts = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(alert => alert.GetProperty("rule").GetProperty("title").GetString() == "Binding to cluster-admin").ToList();
        Assert.Equal(["alice", "mallory"], alerts.Select(alert => alert.GetProperty("actor").GetString()));
        Assert.All(alerts, alert => Assert.Equal("high", alert.GetProperty("rule").GetProperty("level").GetString()));
        Assert.Equal("clusterrolebindings debug-access", alerts[0].GetProperty("object").GetString());
        var reference = alerts[0].GetProperty("events")[0];
        var line = File.ReadLines(reference.GetProperty("file").GetString()!).ElementAt(reference.GetProperty("line").GetInt32() - 1);
        Assert.Contains(reference.GetProperty("auditID").GetString()!, line, StringComparison.Ordinal);
        Assert.Matches("^[0-9]+ events, [0-9]+ alerts, 0 salvaged, 0 unreadable$", error.TrimEnd('\n').Split('\n')[^1]);
    }

    [Fact]
    public async Task Normal_work_raises_nothing()
    {
        string[] logs = [.. new[] { "n02-developers", "n04-argocd-monitoring", "n06-long-watch", "n07-node-maintenance" }.Select(name => Repository.Shared("data", "audit", "permissive", name + ".jsonl"))];

        var (exitCode, output, _) = await RunAsync(["scan", .. logs, "--format", "jsonl", "--min-level", "medium", "--fail-on", "medium"]);

        Assert.Equal((0, ""), (exitCode, output));
    }

    [Fact]
    public async Task The_rules_that_come_along_pass_their_own_tests()
    {
        var rules = Path.Combine(Repository.Root, "content", "rules");

        var (exitCode, output, error) = await RunAsync("rules", "test", rules);
        var check = await RunAsync("rules", "check", rules);

        Assert.Equal((0, ""), (exitCode, output));
        Assert.Matches("^[1-9][0-9]+ passed, 0 failed\n$", error);
        Assert.Equal((0, ""), (check.ExitCode, check.Output));
    }

    [Fact]
    public async Task A_correlation_over_any_json_fires_at_its_event()
    {
        using var folder = new TemporaryFolder();
        folder.Write("r.yml", "title: Login\nname: login\ndetection: { s: { type: login }, condition: s }\n---\ntitle: Many\ncorrelation: { type: event_count, rules: [login], group-by: user, timespan: 1m, condition: { gte: 2 } }\n");
        folder.Write("e.jsonl", """
            {"@timestamp":1000,"type":"login","user":"a"}
            {"@timestamp":"1970-01-01T00:17:00Z","type":"login","user":"a"}
            {"@timestamp":2000,"type":"other","user":"a"}
            """);

        var (exitCode, output, _) = await RunAsync("rules", "match", "--rules", folder["r.yml"], folder["e.jsonl"], "--time-field", "@timestamp", "--format", "jsonl");

        Assert.Equal(0, exitCode);
        Assert.Equal(
            """
            {"event":0,"rules":["Login"],"correlations":[]}
            {"event":1,"rules":["Login"],"correlations":["Many"]}
            {"event":2,"rules":[],"correlations":[]}

            """, output);
    }

    [Theory]
    [InlineData("always", true)]
    [InlineData("never", false)]
    [InlineData("auto", false)]
    public async Task Text_is_coloured_by_level_where_that_is_wanted(string choice, bool isColoured)
    {
        var (exitCode, output, _) = await RunAsync("scan", Repository.Shared("data", "audit", "permissive", "a14-crb-cluster-admin.jsonl"), "--color", choice);

        Assert.Equal(0, exitCode);
        Assert.Contains(isColoured ? "\e[1;31mhigh\e[0m          \e[1mBinding to cluster-admin\e[0m" : "high          Binding to cluster-admin", output, StringComparison.Ordinal);
        Assert.Equal(isColoured, output.Contains('\e', StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_shows_every_alert_and_asks_nothing_of_others()
    {
        string[] logs = [.. new[] { "a14-crb-cluster-admin", "a10-exec" }.Select(name => Repository.Shared("data", "audit", "permissive", name + ".jsonl"))];
        var (_, alerts, _) = await RunAsync(["scan", .. logs, "--format", "jsonl"]);
        var (_, html, _) = await RunAsync(["scan", .. logs, "--format", "html"]);
        var (_, empty, _) = await RunAsync("scan", Repository.Shared("data", "audit", "permissive", "n06-long-watch.jsonl"), "--min-level", "critical", "--format", "html");

        var count = alerts.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        Assert.Equal(count, html.Split("<article").Length - 1);
        Assert.Equal(count, html.Split("<b class=").Length - 1);
        Assert.InRange(html.Split("<em").Length - 1, 1, 6);
        Assert.DoesNotMatch("<[^>]* (src|href)=|<link|<script|url\\(", html);
        Assert.Contains("No rule fired.", empty, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"time\"", empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_of_a_team_are_what_placeholders_stand_for()
    {
        using var folder = new TemporaryFolder();
        folder.Write("r.yml", "title: Stranger\nid: s\nlevel: low\nlogsource: { product: kubernetes, service: audit }\ndetection: { s: { verb: get }, f: { user.username|expand: '%team%' }, condition: s and not f }\n");
        folder.Write("r.test.yml", "fires: [{ verb: get, user: { username: mallory } }]\nquiet: [{ verb: get, user: { username: alice } }, { verb: get, user: { username: bob } }]\n");
        folder.Write("lists.yml", "team: [alice, b*]\n");
        folder.Write("wrong.yml", "team: [alice, [bob]]\n");
        folder.Write("e.jsonl", """{"verb":"get","user":{"username":"alice"}}""");

        Assert.Equal((0, "", "3 passed, 0 failed\n"), await RunAsync("rules", "test", folder["r.yml"], "--lists", folder["lists.yml"]));
        Assert.Equal((0, "", "1 rules can run, 0 errors, 0 warnings\n"), await RunAsync("rules", "check", folder["r.yml"], "--lists", folder["lists.yml"]));
        Assert.Equal((0, """{"event":0,"rules":[],"correlations":[]}""" + "\n", ""), await RunAsync("rules", "match", "--rules", folder["r.yml"], folder["e.jsonl"], "--lists", folder["lists.yml"], "--format", "jsonl"));
        var (_, output, _) = await RunAsync("rules", "check", folder["r.yml"]);
        Assert.Equal($"{folder["r.yml"]}:5:59: error: %team% is no list that was given, and no audit event has a field of that name\n", output);
        var (exitCode, _, error) = await RunAsync("scan", folder["e.jsonl"], "--rules", folder["r.yml"], "--lists", folder["wrong.yml"]);
        Assert.Equal((2, $"reeve: {folder["wrong.yml"]}:1:15: a value of the list 'team' is a list; it must be a text\n"), (exitCode, error));
    }

    [Fact]
    public async Task Tests_of_a_correlation_run_with_its_rules_in_another_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a/login.yaml", "title: Login\nid: i1\nname: login\nlevel: low\ndetection: { s: { verb: get }, condition: s }\n");
        folder.Write("a/login.test.yaml", "fires: [{ verb: get }]\nquiet: [{ verb: list }]\n");
        folder.Write("b/many.yml", "title: Many\nid: i2\nlevel: low\ncorrelation: { type: event_count, rules: [login], timespan: 1m, condition: { gte: 2 } }\n");
        folder.Write("b/many.test.yml", "fires:\n  - [{ verb: get }, { verb: get }]\nquiet: [{ verb: get }]\n");
        folder.Write("c/filter.yml", "title: Not bob\nfilter: { rules: [login], b: { user.username: bob }, condition: not b }\n");
        folder.Write("c/filter.test.yml", "quiet: [{ verb: get, user: { username: bob } }]\n");

        Assert.Equal((0, "", "5 passed, 0 failed\n"), await RunAsync("rules", "test", folder.Path));
        var (exitCode, output, _) = await RunAsync("rules", "test", folder["b"]);
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{folder["b/many.yml"]}:4:43: there is no rule with the id or name 'login' that can run\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scan /no/such/file", 2, "reeve: /no/such/file: there is no such file or folder\n")]
    [InlineData("scan . --min-level worst", 2, "reeve: --min-level worst: not one of informational, low, medium, high, critical\n")]
    [InlineData("scan . --color red", 2, "reeve: --color red: not one of auto, always, never\n")]
    [InlineData("scan . --format pdf", 2, "reeve: --format pdf: not one of text, jsonl, html\n")]
    public async Task Wrong_usage_is_one_line(string arguments, int expected, string message)
    {
        var (exitCode, output, error) = await RunAsync(arguments.Split(' '));

        Assert.Equal((expected, "", message), (exitCode, output, error));
    }
}
