using System.Text;
using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd;

/// <summary>What the kernel saw: no cursor and no answer is written before the bytes it speaks of are on the disk.</summary>
public sealed class AcknowledgementTests
{
    // A frame without entries, by which the journal notes what is durable already; nobody is told anything because of it.
    private const int Mark = 32;

    private const string Calls = "trace=write,writev,pwrite64,pwritev,fdatasync,fsync";

    [Fact]
    public async Task No_cursor_of_a_file_is_written_before_the_fdatasync_that_covers_it()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        using var folder = new TemporaryFolder();
        var data = folder["data"];
        await using (var first = await ReeveProcess.StartAsync(data, []))
        {
            using var administrator = await Analyst.SignUpAsync(first);
            await first.StopAsync();
        }

        WriteLogs(folder);
        var trace = folder["trace"];
        await using (var server = await ReeveProcess.StartAsync(
            data, [folder["logs"]], wrapper: ["strace", "-f", "-y", "-qq", "-x", "-s", "4096", "-e", Calls, "-o", trace]))
        {
            await server.WaitForLogAsync("reading 1 files");
            await WaitForCursorAsync(data, folder["logs"]);
            await server.StopAsync();
        }

        var calls = SystemCalls.Read(trace);
        var journal = calls.Where(call => call.IsWrite && call.Size > Mark && call.Path.EndsWith(".seg", StringComparison.Ordinal)).ToList();
        var cursors = calls.Where(call => call.IsWrite && IsAcknowledgement(call, folder["logs/audit.log"])).ToList();
        Assert.True(journal.Count > 5, $"only {journal.Count} writes to the journal were seen");
        Assert.True(cursors.Count(call => call.Begun > journal[0].Begun) > 5, "too few cursors were seen after the first write to the journal");
        Assert.All(cursors, cursor => Assert.All(
            journal.Where(write => write.Begun < cursor.Begun),
            write => Assert.True(
                calls.Any(sync => sync.IsSync && sync.Path == write.Path && sync.Begun > write.Ended && sync.Ended < cursor.Begun),
                $"line {cursor.Begun} of the trace writes {cursor.Path} before the write of line {write.Begun} is synced")));
    }

    [Fact]
    public async Task No_answer_of_the_webhook_is_sent_before_the_fdatasync_that_covers_its_events()
    {
        const int Requests = 40;
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        using var folder = new TemporaryFolder();
        var (data, trace) = (folder["data"], folder["trace"]);
        var token = await ReeveProcess.CreateTokenAsync(data, "prod");
        string prefix;
        await using (var server = await ReeveProcess.StartAsync(
            data, [], wrapper: ["strace", "-f", "-yy", "-qq", "-s", "0", "-e", Calls + ",sendto,sendmsg", "-o", trace]))
        {
            prefix = $"TCP:[127.0.0.1:{server.Address.Port}-";
            using var apiserver = new Apiserver("prod", token);
            apiserver.Use(server);
            for (var request = 0; request < Requests; request++)
                await apiserver.SendAsync([$"a-{request}"], TestContext.Current.CancellationToken);
            Assert.Equal(0, apiserver.Failures);
            await server.StopAsync();
        }

        var calls = SystemCalls.Read(trace);
        var journal = calls.Where(call => call.IsWrite && call.Size > Mark && call.Path.EndsWith(".seg", StringComparison.Ordinal)).ToList();
        var answers = calls.Where(call => call.Path.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        // Each request was sent after the answer to the one before, so an answer comes after the write of its own events.
        Assert.InRange(answers.Count, Requests, 2 * Requests);
        Assert.True(journal.Count(write => write.Begun < answers[^1].Begun) >= Requests, $"only {journal.Count} writes to the journal were seen");
        Assert.All(answers, answer => Assert.All(
            journal.Where(write => write.Begun < answer.Begun),
            write => Assert.True(
                calls.Any(sync => sync.IsSync && sync.Path == write.Path && sync.Begun > write.Ended && sync.Ended < answer.Begun),
                $"line {answer.Begun} of the trace answers before the write of line {write.Begun} is synced")));
    }

    // The state database holds the offsets, in a page with the file's path; the journal's own cursor of the source lets segments go.
    private static bool IsAcknowledgement(SystemCall call, string log) =>
        (call.Path.EndsWith("reeve.db-wal", StringComparison.Ordinal) && call.Bytes.Contains(Hexadecimal(log), StringComparison.Ordinal))
        || (call.Path.EndsWith(".cursor", StringComparison.Ordinal) && Path.GetFileName(call.Path).StartsWith("source-", StringComparison.Ordinal));

    private static string Hexadecimal(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => $"\\x{b:x2}"));

    // Larger than what one turn over the files takes, so that there is a cursor to save again and again.
    private static void WriteLogs(TemporaryFolder folder)
    {
        var words = string.Concat(Enumerable.Repeat("no event ", 450));
        folder.Write("logs/audit.log", string.Concat(Enumerable.Range(0, 20_000).Select(line => $"{words}{line}\n")));
    }

    private static async Task WaitForCursorAsync(string data, string logs)
    {
        var expected = new DirectoryInfo(logs).EnumerateFiles().Sum(file => file.Length);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (SavedOffsets(data) < expected)
            await poll.WaitForNextTickAsync(patience.Token);
    }

    private static long SavedOffsets(string data)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(data, "reeve.db")};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(sum(offset), 0) FROM file_cursor";
        return (long)command.ExecuteScalar()!;
    }
}
