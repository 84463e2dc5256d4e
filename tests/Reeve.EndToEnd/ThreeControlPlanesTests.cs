using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd;

/// <summary>
/// A kubeadm cluster whose three apiservers report by syslog through one relay, one of them by its log file too and one by
/// its webhook.
/// </summary>
public sealed class ThreeControlPlanesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cluster_of_three_control_planes_is_read_as_one_once_a_person_says_so()
    {
        using var folder = new TemporaryFolder();
        folder.Write("audit.log", Event("f1") + "\n" + Event("cp1-1") + "\n");
        await using var server = await ReeveProcess.StartAsync(
            folder["data"], [], configuration: $$"""
            sources:
              - { type: syslog, name: wire, listen: "127.0.0.1:0" }
              - { type: webhook, name: hook }
              - { type: file, name: log, path: "{{folder["audit.log"]}}", cluster: prod, host: cp1 }
            """);
        using var analyst = await Analyst.SignUpAsync(server);
        await analyst.WaitForCountAsync(2);
        using var relay = await ConnectAsync(analyst);

        await SendAsync(relay, "cp1", "early");
        await analyst.WaitForCountAsync(3);
        using var admin = new HttpClient { BaseAddress = server.Address };
        admin.DefaultRequestHeaders.Authorization = new("Bearer", analyst.Token);
        using var assigned = await admin.PostAsJsonAsync("/api/v1/clusters/assignments", new { cluster = "prod", source = "wire", tag = "k8s-audit" }, Ct);
        Assert.True(assigned.IsSuccessStatusCode, await assigned.Content.ReadAsStringAsync(Ct));

        // The event cp1-1 is in the file of cp1 too, and the webhook of cp3 sends cp3-1 again.
        foreach (var host in (string[])["cp1", "cp2", "cp3"])
            await SendAsync(relay, host, $"{host}-1", "shared");
        await PostAsync(admin, "cp3", Event("hook-1", "cp3"), Event("cp3-1", "cp3"));
        await analyst.WaitForReceivedAsync(11);
        await analyst.WaitForCountAsync(9);

        Assert.Equal(["cp1", "cp2", "cp3"], await ValuesAsync(analyst, "cluster:prod", "host"));
        Assert.Equal(["prod"], await ValuesAsync(analyst, "host:cp2", "cluster"));
        Assert.Equal(2, await analyst.CountAsync("host:cp2"));
        Assert.Equal(3, await analyst.CountAsync("host:cp3"));
        Assert.Equal(3, await analyst.CountAsync("auditid:shared"));
        Assert.Equal(1, await analyst.CountAsync("auditid:cp1-1"));
        var early = Assert.Single(await analyst.AllAsync("auditid:early"));
        Assert.Equal(("default", "cp1"), (early.GetProperty("cluster").GetString(), early.GetProperty("host").GetString()));
        var requests = await analyst.GetAsync("/api/v1/stats?q=auditid:shared");
        Assert.Equal(3, requests.GetProperty("total").GetInt64());

        var clusters = (await analyst.GetAsync("/api/v1/clusters")).GetProperty("clusters").EnumerateArray();
        var prod = Assert.Single(clusters, cluster => cluster.GetProperty("name").GetString() == "prod");
        Assert.Equal(["cp1", "cp2", "cp3"], prod.GetProperty("hosts").EnumerateArray().Select(host => host.GetString()!));
    }

    [Fact]
    public async Task Assignment_and_senders_are_there_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        const string Configuration = """sources: [{ type: syslog, name: wire, listen: "127.0.0.1:0" }]""";
        string token;
        await using (var server = await ReeveProcess.StartAsync(folder["data"], [], configuration: Configuration))
        {
            using var analyst = await Analyst.SignUpAsync(server);
            token = analyst.Token;
            using var admin = new HttpClient { BaseAddress = server.Address };
            admin.DefaultRequestHeaders.Authorization = new("Bearer", token);
            using var assigned = await admin.PostAsJsonAsync("/api/v1/clusters/assignments", new { cluster = "prod", host = "cp1" }, Ct);
            using var relay = await ConnectAsync(analyst);
            await SendAsync(relay, "cp1", "one");
            await analyst.WaitForCountAsync(1);
            await server.StopAsync();
        }

        await using var again = await ReeveProcess.StartAsync(folder["data"], [], configuration: Configuration);
        using var reader = new Analyst(again.Address, token);
        var sender = Assert.Single((await reader.GetAsync("/api/v1/senders")).GetProperty("senders").EnumerateArray());
        Assert.Equal(("prod", "cp1"), (sender.GetProperty("cluster").GetString(), sender.GetProperty("host").GetString()));
        Assert.Equal((0, 1), (sender.GetProperty("events").GetInt64(), sender.GetProperty("eventsInAll").GetInt64()));
        using var next = await ConnectAsync(reader);
        await SendAsync(next, "cp1", "two");
        await reader.WaitForCountAsync(2);
        Assert.Equal(2, await reader.CountAsync("cluster:prod host:cp1"));
    }

    private static async Task<NetworkStream> ConnectAsync(Analyst analyst)
    {
        // Sources start once it is known again what was received before.
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        string[]? listen = null;
        while (listen is null)
        {
            await poll.WaitForNextTickAsync(patience.Token);
            listen = (await analyst.GetAsync("/api/v1/sources")).GetProperty("sources").EnumerateArray()
                .Where(source => source.GetProperty("kind").GetString() == "syslog" && source.TryGetProperty("listen", out _))
                .Select(source => source.GetProperty("listen").GetString()!.Split(':')).FirstOrDefault();
        }

        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listen[0], int.Parse(listen[1]), Ct);
        return new NetworkStream(socket, ownsSocket: true);
    }

    // As rsyslog's RSYSLOG_TraditionalForwardFormat writes it, parted by line breaks.
    private static async Task SendAsync(NetworkStream relay, string host, params string[] auditIds)
    {
        foreach (var auditId in auditIds)
            await relay.WriteAsync(Encoding.UTF8.GetBytes($"<133>Mar  1 12:00:00 {host} k8s-audit {Event(auditId, host)}\n"), Ct);
    }

    private static async Task PostAsync(HttpClient admin, string host, params string[] events)
    {
        using var made = await admin.PostAsJsonAsync("/api/v1/tokens", new { name = host, role = "source", cluster = "prod" }, Ct);
        using var apiserver = new HttpClient { BaseAddress = admin.BaseAddress };
        var token = await made.Content.ReadFromJsonAsync<JsonElement>(Ct);
        apiserver.DefaultRequestHeaders.Authorization = new("Bearer", token.GetProperty("secret").GetString());
        using var list = new StringContent($$"""{"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":[{{string.Join(',', events)}}]}""", Encoding.UTF8, "application/json");
        using var answer = await apiserver.PostAsync($"/api/v1/sources/kubernetes/prod/{host}", list, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    // Under one auditID each apiserver has a request of its own: it received it at its own time.
    private static string Event(string auditId, string host = "cp1") => JsonSerializer.Serialize(new
    {
        kind = "Event",
        apiVersion = "audit.k8s.io/v1",
        auditID = auditId,
        stage = "ResponseComplete",
        requestURI = "/api/v1/pods",
        verb = "list",
        requestReceivedTimestamp = $"2026-03-01T12:00:00.00000{host[^1]}Z",
        stageTimestamp = $"2026-03-01T12:00:01.00000{host[^1]}Z",
    });

    private static async Task<IEnumerable<string>> ValuesAsync(Analyst analyst, string query, string field) =>
        (await analyst.GetAsync($"/api/v1/stats?view=events&q={Uri.EscapeDataString(query)}&by={field}")).GetProperty("values").EnumerateArray()
            .Select(value => value.GetProperty("value").GetString()!).Order(StringComparer.Ordinal);
}
