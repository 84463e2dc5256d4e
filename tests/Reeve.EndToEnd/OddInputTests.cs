using System.Globalization;
using System.Text;
using System.Text.Json;
using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd;

/// <summary>A file in which everything is wrong that can be: all of it is kept, marked and counted, and nothing waits for it.</summary>
public sealed class OddInputTests
{
    private const int LongLine = 20 * 1024 * 1024;

    [Fact]
    public async Task Everything_in_a_broken_file_is_kept_and_marked_and_blocks_nothing()
    {
        using var folder = new TemporaryFolder();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        WriteOddFile(folder["logs/a-odd.log"], now);
        folder.Write("logs/b-after.log", Event("after", now) + "\n");

        await using var server = await ReeveProcess.StartAsync(folder["data"], [folder["logs"]]);
        using var analyst = await Analyst.SignUpAsync(server);
        await analyst.WaitForCountAsync(10);

        var rows = await analyst.AllAsync();
        var byName = rows.Where(row => row.TryGetProperty("auditid", out _)).ToDictionary(row => row.GetProperty("auditid").GetString()!, StringComparer.Ordinal);
        Assert.Equal("whole", Integrity(byName["today"]));
        Assert.Equal("whole", Integrity(byName["old"]));
        Assert.Equal(now.AddDays(-120).Date, Time(byName["old"]).Date);
        Assert.Equal(1970, Time(byName["epoch"]).Year);
        Assert.Contains("time-beyond-horizon", Marks(byName["epoch"]));
        Assert.Equal(2099, Time(byName["future"]).Year);
        Assert.Contains("time-in-future", Marks(byName["future"]));
        Assert.Contains("invalid-utf8", Marks(byName["bytes"]));
        Assert.Equal("al\ufffdice", byName["bytes"].GetProperty("user").GetString());
        Assert.Equal("truncated-by-reeve", Integrity(byName["long"]));
        Assert.Equal("truncated-by-sender", Integrity(byName["half"]));
        Assert.Equal("alice", byName["half"].GetProperty("user").GetString());
        Assert.Equal("whole", Integrity(byName["after"]));
        Assert.Equal(2, rows.Count(row => Integrity(row) == "unreadable"));
        Assert.Equal(2, await analyst.CountAsync("integrity:unreadable"));
        Assert.Single(await analyst.AllAsync("\"no event at all\""));

        var metrics = await analyst.TextAsync("/metrics");
        Assert.Contains($"reeve_records_unreadable_total{{cluster=\"default\",source=\"{folder["logs"]}\"}} 2", metrics, StringComparison.Ordinal);
        Assert.Contains($"reeve_events_salvaged_total{{cluster=\"default\",source=\"{folder["logs"]}\"}} 2", metrics, StringComparison.Ordinal);
    }

    private static void WriteOddFile(string path, DateTime now)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        Write(file, "no event at all\n");
        Write(file, Event("today", now) + "\n");
        Write(file, Event("old", now.AddDays(-120)) + "\n");
        Write(file, Event("epoch", new(1970, 1, 1, 0, 0, 1, DateTimeKind.Utc)) + "\n");
        Write(file, Event("future", new(2099, 1, 1, 0, 0, 1, DateTimeKind.Utc)) + "\n");
        Write(file, "\r\n\n");
        Write(file, Event("bytes", now).Replace("alice", "al\u00ffice", StringComparison.Ordinal) + "\n");
        Write(file, Event("long", now)[..^1] + ",\"requestObject\":\"" + new string('x', LongLine) + "\"}\n");
        Write(file, "{{{]\u0000\u0001\n");
        Write(file, Event("half", now)[..^60]);
        file.Flush();
        File.SetLastWriteTimeUtc(path, now.AddMinutes(-1));
    }

    private static string Event(string auditId, DateTime time)
    {
        var stamp = time.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        return $$"""{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"{{auditId}}","stage":"ResponseComplete","requestURI":"/api/v1/pods","verb":"list","user":{"username":"alice"},"sourceIPs":["10.0.0.1"],"objectRef":{"resource":"pods","apiVersion":"v1"},"responseStatus":{"code":200},"requestReceivedTimestamp":"{{stamp}}","stageTimestamp":"{{stamp}}"}""";
    }

    private static void Write(Stream file, string text) => file.Write(Encoding.Latin1.GetBytes(text));

    private static string Integrity(JsonElement row) => row.GetProperty("integrity").GetString()!;

    private static DateTime Time(JsonElement row) => row.GetProperty("time").GetDateTime();

    private static IEnumerable<string?> Marks(JsonElement row) =>
        row.TryGetProperty("marks", out var marks) ? marks.EnumerateArray().Select(mark => mark.GetString()) : [];
}
