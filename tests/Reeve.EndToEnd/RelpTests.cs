using System.Net;
using System.Net.Sockets;
using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd;

/// <summary>rsyslog's RELP, and a server that is killed while it delivers.</summary>
public sealed class RelpTests
{
    private const int Kills = 4;
    private const int LinesBetween = 3_000;

    [Fact]
    public async Task Every_event_is_there_once_after_the_server_was_killed_again_and_again_under_rsyslog()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort();
        var configuration = $$"""sources: [{type: relp, name: relp, listen: "127.0.0.1:{{port}}"}]""";
        var rsyslogConfiguration = await ConfigurationAsync(folder, port);
        var server = await ReeveProcess.StartAsync(folder["data"], [], configuration: configuration);
        using var first = await Analyst.SignUpAsync(server);
        using var rsyslog = RealRsyslog.Start(folder["rsyslog"], rsyslogConfiguration);

        var lines = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            Append(folder["audit.log"], lines);
            await WaitForJournalAsync(server.Data);
            await server.KillAsync();
            await server.DisposeAsync();
            Append(folder["audit.log"], lines);
            server = await ReeveProcess.StartAsync(folder["data"], [], configuration: configuration);
        }

        await using var last = server;
        using var analyst = first.At(last);
        await analyst.WaitForCountAsync(lines.Count);
        Delivered.AssertEach(lines, await analyst.AllAsync());
    }

    // As setup writes it; only the work folder is this test's, and it tries again sooner.
    private static async Task<string> ConfigurationAsync(TemporaryFolder folder, int port)
    {
        folder.Write("kube-apiserver.yaml", $"kind: Pod\nspec:\n  containers:\n  - name: kube-apiserver\n    command:\n    - kube-apiserver\n    - --audit-log-path={folder["audit.log"]}\n");
        var (exitCode, output, error) = await ReeveCommand.RunAsync(
            ["setup", "kubeadm", "--cluster", "prod", "--via", "relp", "--syslog", $"127.0.0.1:{port}", "--manifest", folder["kube-apiserver.yaml"], "--out", folder["out"], "--write"]);
        Assert.True(exitCode == 0, output + error);
        var written = await File.ReadAllTextAsync(Path.Combine(folder["out"], "etc/rsyslog.d/k8s-audit.conf"));
        return written.Replace("/var/spool/rsyslog", Directory.CreateDirectory(folder["work"]).FullName, StringComparison.Ordinal)
            .Replace("action.resumeInterval=\"5\"", "action.resumeInterval=\"1\"", StringComparison.Ordinal);
    }

    private static void Append(string log, List<string> lines)
    {
        using var writer = File.AppendText(log);
        for (var line = 0; line < LinesBetween; line++)
        {
            lines.Add($$"""{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"a-{{lines.Count}}","stage":"ResponseComplete","requestURI":"/api/v1/pods","verb":"list","user":{"username":"alice"},"sourceIPs":["10.0.0.1"],"objectRef":{"resource":"pods","apiVersion":"v1"},"responseStatus":{"code":200},"requestReceivedTimestamp":"2026-11-23T03:00:00.000000Z","stageTimestamp":"2026-11-23T03:00:00.000000Z"}""");
            writer.WriteLine(lines[^1]);
        }
    }

    // Kills at moments of work, not of start: after some more of the journal was written.
    private static async Task WaitForJournalAsync(string data)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var before = JournalBytes(data);
        while (JournalBytes(data) < before + 200_000)
            await poll.WaitForNextTickAsync(patience.Token);
    }

    private static long JournalBytes(string data) => new DirectoryInfo(Path.Combine(data, "journal")).EnumerateFiles("*.seg").Sum(file => file.Length);

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
