using System.Text.Json;
using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd;

/// <summary>The server and its store are killed, as by a power cut, while files load.</summary>
public sealed class CrashTests
{
    private const int Kills = 10;

    [Fact]
    public async Task Every_line_is_there_once_after_server_and_store_were_killed_again_and_again()
    {
        using var folder = new TemporaryFolder();
        var lines = WriteLogs(folder["logs"]);
        var data = folder["data"];
        var random = new Random(7);

        var server = await ReeveProcess.StartAsync(data, [folder["logs"]]);
        using var first = await Analyst.SignUpAsync(server);
        for (var kill = 0; kill < Kills; kill++)
        {
            await WaitForProgressAsync(server, random.Next(1, 4));
            if (kill % 2 == 0)
                server.KillStore();
            await server.KillAsync();
            await server.DisposeAsync();
            server = await ReeveProcess.StartAsync(data, [folder["logs"]]);
        }

        await using var last = server;
        using var analyst = first.At(last);
        await analyst.WaitForCountAsync(lines.Count);
        var found = (await analyst.AllAsync()).Select(Number).Order().ToList();
        Assert.Equal(lines.Order(), found);
    }

    // Half of the lines are events with an auditID, by which duplicates are known; the other half are not even JSON.
    private static List<int> WriteLogs(string folder)
    {
        Directory.CreateDirectory(folder);
        var number = 0;
        for (var file = 0; file < 6; file++)
        {
            using var writer = File.CreateText(Path.Combine(folder, $"audit-{file}.log"));
            for (var line = 0; line < 20_000; line++)
            {
                number++;
                writer.WriteLine(number % 2 == 0
                    ? $"no event {number}"
                    : $$"""{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"a-{{number}}","stage":"ResponseComplete","requestURI":"/api/v1/pods","verb":"list","user":{"username":"alice"},"sourceIPs":["10.0.0.1"],"objectRef":{"resource":"pods","apiVersion":"v1"},"responseStatus":{"code":200},"requestReceivedTimestamp":"2026-11-23T03:00:00.000000Z","stageTimestamp":"2026-11-23T03:00:00.000000Z"}""");
            }
        }

        return Enumerable.Range(1, number).ToList();
    }

    private static int Number(JsonElement row)
    {
        var raw = row.GetProperty("raw");
        return raw.ValueKind == JsonValueKind.Object
            ? int.Parse(raw.GetProperty("auditID").GetString()!.AsSpan(2))
            : int.Parse(raw.GetString()!.AsSpan("no event ".Length));
    }

    // Kills at moments of work, not of start: after some more of the journal was written.
    private static async Task WaitForProgressAsync(ReeveProcess server, int steps)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var before = JournalBytes(server.Data);
        for (var step = 0; step < 100 * steps && JournalBytes(server.Data) < before + (steps * 1_000_000); step++)
            await poll.WaitForNextTickAsync();
    }

    private static long JournalBytes(string data) => new DirectoryInfo(Path.Combine(data, "journal"))
        .EnumerateFiles("*.seg").Sum(file => file.Length);
}
