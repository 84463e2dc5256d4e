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
        Directory.CreateDirectory(folder["work"]);
        var server = await ReeveProcess.StartAsync(folder["data"], [], configuration: configuration);
        using var first = await Analyst.SignUpAsync(server);
        using var rsyslog = RealRsyslog.Start(folder["rsyslog"], Configuration(folder, port));

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

    // As setup writes it; only the paths are this test's, and it tries again sooner.
    private static string Configuration(TemporaryFolder folder, int port) => $$"""
        module(load="imfile")
        module(load="omrelp")
        global(workDirectory="{{folder["work"]}}" maxMessageSize="2m")
        input(type="imfile" File="{{folder["audit.log"]}}" Tag="k8s-audit-prod" PersistStateInterval="200" reopenOnTruncate="on" ruleset="k8s-audit")
        ruleset(name="k8s-audit" queue.type="LinkedList" queue.filename="k8s-audit" queue.saveOnShutdown="on") {
          action(type="omrelp" target="127.0.0.1" port="{{port}}" template="RSYSLOG_SyslogProtocol23Format" action.resumeRetryCount="-1" action.resumeInterval="1")
        }

        """;

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
