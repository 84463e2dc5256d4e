using System.Text.Json;
using System.Text.RegularExpressions;
using Reeve.EndToEnd.Support;
using static Reeve.EndToEnd.Support.ReeveCommand;

namespace Reeve.EndToEnd;

/// <summary>What a server's rules find in real logs, beside what a scan finds: also when it is killed, and when the rules change.</summary>
public sealed partial class AlertTests
{
    private const int Kills = 10;

    private const string SecretsRead =
        """
        title: Three secrets read
        id: 20000000-0000-0000-0000-000000000001
        level: high
        correlation: { type: event_count, rules: [secret_read], group-by: [user.username], timespan: 10m, condition: { gte: 3 } }
        ---
        title: Secret read
        name: secret_read
        id: 20000000-0000-0000-0000-000000000002
        logsource: { product: kubernetes, service: audit }
        detection: { read: { objectRef.resource: secrets, verb: get }, condition: read }
        """;

    private const string PodDeleted =
        """
        title: Pod deleted
        id: 20000000-0000-0000-0000-000000000003
        level: low
        logsource: { product: kubernetes, service: audit }
        detection: { gone: { objectRef.resource: pods, verb: delete }, condition: gone }
        """;

    private const string HalfAnHourLater =
        """{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"f0b1c2d3-0000-4000-8000-000000000001","stage":"ResponseComplete","requestURI":"/livez","verb":"get","user":{"username":"system:apiserver"},"sourceIPs":["127.0.0.1"],"responseStatus":{"code":200},"requestReceivedTimestamp":"2026-11-23T03:50:00.000000Z","stageTimestamp":"2026-11-23T03:50:00.000000Z"}""";

    [Fact]
    public async Task A_server_raises_the_alerts_of_a_scan_each_once_though_it_is_killed_ten_times()
    {
        using var folder = new TemporaryFolder();
        // What has no answer is found when the log has come further.
        List<string> lines = [.. RawLogs.Of(Repository.Shared("data", "audit", "permissive")).ByTime(), HalfAnHourLater];
        folder.Write("whole.log", string.Concat(lines.Select(line => line + "\n")));
        var scanned = Of((await RunAsync("scan", folder["whole.log"], "--format", "jsonl")).Output);
        Assert.True(scanned.Count > 40, "rules find what the logs hold, or this test says nothing");
        var log = folder["audit.log"];
        folder.Write("audit.log", "");
        var random = new Random(12);

        var server = await ReeveProcess.StartAsync(folder["data"], [log]);
        using var first = await Analyst.SignUpAsync(server);
        foreach (var (piece, kill) in lines.Chunk((lines.Count / (Kills + 1)) + 1).Select((piece, i) => (piece, i)))
        {
            await File.AppendAllLinesAsync(log, piece, TestContext.Current.CancellationToken);
            if (kill == Kills)
                break;
            using (var analyst = first.At(server))
                await WaitForAsync(async () => await analyst.SumAsync("reeve_events_received_total") > random.Next(piece.Length));
            await server.KillAsync();
            await server.DisposeAsync();
            server = await ReeveProcess.StartAsync(folder["data"], [log]);
        }

        await using var last = server;
        using var reader = first.At(last);
        await reader.WaitForCountAsync(lines.Count);
        await reader.WaitForMetricAsync("reeve_detection_lag_events", lag => lag == 0);
        var kept = await AllAsync(reader);

        Assert.Equal(scanned.Order(StringComparer.Ordinal), kept.Select(TextOf).Order(StringComparer.Ordinal));
        foreach (var rule in kept.GroupBy(alert => alert.GetProperty("rule").GetProperty("title").GetString()))
        {
            var events = rule.SelectMany(EventsOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            await reader.WaitForQueryAsync($"rule:\"{rule.Key}\"", events.Count);
            var found = await reader.AllAsync($"rule:\"{rule.Key}\"");
            Assert.Equal(events, found.Select(row => $"{row.GetProperty("auditid")} {row.GetProperty("stage")}").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Rules_that_change_while_a_server_runs_hold_for_the_next_event_and_no_window_is_lost()
    {
        using var folder = new TemporaryFolder();
        folder.Write("rules/secrets.yml", SecretsRead);
        var log = folder["audit.log"];
        folder.Write("audit.log", "");
        await using var server = await ReeveProcess.StartAsync(
            folder["data"], [log], configuration: $"sources: []\nrules: {{ paths: {folder["rules"]}, shipped: off }}\n");
        using var analyst = await Analyst.SignUpAsync(server);

        await AppendAsync(log, Event(1, "get", "secrets"), Event(2, "get", "secrets"), Event(3, "delete", "pods"));
        await analyst.WaitForCountAsync(3);
        await analyst.WaitForMetricAsync("reeve_detection_lag_events", lag => lag == 0);
        Assert.Empty(await AllAsync(analyst));

        folder.Write("rules/pods.yml", PodDeleted);
        folder.Write("rules/broken.yml", "title: Broken\n");
        await analyst.WaitForMetricAsync("reeve_rules", count => count == 3);
        await WaitForAsync(() => Task.FromResult(server.LogText.Contains("3 rules are running", StringComparison.Ordinal)));
        await AppendAsync(log, Event(4, "get", "secrets"), Event(5, "delete", "pods"));

        await WaitForAsync(async () => (await AllAsync(analyst)).Count == 2);
        var alerts = (await AllAsync(analyst)).ToDictionary(alert => alert.GetProperty("rule").GetProperty("title").GetString()!);
        Assert.Equal(["1 ResponseComplete", "2 ResponseComplete", "4 ResponseComplete"], EventsOf(alerts["Three secrets read"]));
        Assert.Equal(["5 ResponseComplete"], EventsOf(alerts["Pod deleted"]));
        var problem = Assert.Single((await analyst.GetAsync("/api/v1/rules")).GetProperty("problems").EnumerateArray());
        Assert.EndsWith("broken.yml", problem.GetProperty("file").GetString(), StringComparison.Ordinal);
    }

    private static Task AppendAsync(string log, params string[] lines) => File.AppendAllLinesAsync(log, lines, TestContext.Current.CancellationToken);

    private static string Event(int second, string verb, string resource) =>
        $$"""
        {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"{{second}}","stage":"ResponseComplete","requestURI":"/api/v1/namespaces/shop/{{resource}}/x{{second}}","verb":"{{verb}}","user":{"username":"eve"},"sourceIPs":["10.0.0.9"],"objectRef":{"resource":"{{resource}}","namespace":"shop","name":"x{{second}}","apiVersion":"v1"},"responseStatus":{"code":200},"requestReceivedTimestamp":"2026-11-23T10:00:{{second:00}}.000000Z","stageTimestamp":"2026-11-23T10:00:{{second:00}}.000000Z"}
        """;

    private static async Task WaitForAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isSo())
            await poll.WaitForNextTickAsync(patience.Token);
    }

    // Every alert with its values and events, page after page.
    private static async Task<List<JsonElement>> AllAsync(Analyst analyst)
    {
        var alerts = new List<JsonElement>();
        for (var after = ""; ;)
        {
            var page = await analyst.GetAsync($"/api/v1/alerts?limit=20&after={Uri.EscapeDataString(after)}");
            foreach (var alert in page.GetProperty("alerts").EnumerateArray())
                alerts.Add(await analyst.GetAsync($"/api/v1/alerts/{alert.GetProperty("id").GetString()}"));
            if (!page.TryGetProperty("next", out var next))
                return alerts;
            after = next.GetString()!;
        }
    }

    private static List<string> Of(string scanned) => [.. scanned.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => TextOf(JsonElement.Parse(line)))];

    // What both say of an alert, in the same words. Each has a key of its own for secrets.
    private static string TextOf(JsonElement alert)
    {
        var time = (alert.TryGetProperty("first", out var first) ? first : alert.GetProperty("time")).GetDateTime();
        string[] parts =
        [
            alert.GetProperty("rule").GetRawText(), $"{time:O}", .. new[] { "cluster", "actor", "object", "summary" }.Select(name => alert.GetProperty(name).GetString()!),
            .. alert.GetProperty("values").EnumerateObject().Select(field => $"{field.Name}={string.Join(',', field.Value.EnumerateArray())}"),
            .. EventsOf(alert),
        ];
        return Fingerprint().Replace(string.Join('\n', parts), "reeve:hmac:");
    }

    private static IEnumerable<string> EventsOf(JsonElement alert) => alert.GetProperty("events").EnumerateArray()
        .Select(one => $"{one.GetProperty(one.TryGetProperty("auditId", out _) ? "auditId" : "auditID")} {one.GetProperty("stage")}").Order(StringComparer.Ordinal);

    [GeneratedRegex("reeve:hmac:[0-9a-f]{16}", RegexOptions.NonBacktracking)]
    private static partial Regex Fingerprint();
}
