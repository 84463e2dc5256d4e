using System.IO.Compression;
using System.Text;

namespace Reeve.Server.Tests.Sources;

public sealed class FileSourceTests
{
    private static string Lines(int from, int to) =>
        string.Concat(Enumerable.Range(from, to - from + 1).Select(number => $"line {number}\n"));

    private static IEnumerable<string> Numbered(int from, int to) =>
        Enumerable.Range(from, to - from + 1).Select(number => $"line {number}");

    [Fact]
    public async Task Plain_and_compressed_files_of_a_folder_are_read_line_by_line()
    {
        await using var harness = new FileSourceHarness();
        harness.Logs.Write("a.log", Lines(1, 3));
        Gzip(harness.Logs["b.log.gz"], Lines(4, 6));
        Zstd(harness.Logs["c.jsonl.zst"], Lines(7, 9));
        harness.Logs.Write("readme.md", "not a log\n");

        harness.Start();

        Assert.Equal(Numbered(1, 9), await harness.ReadAsync(9));
    }

    [Fact]
    public async Task What_is_appended_is_read_and_a_restart_reads_nothing_twice()
    {
        await using var harness = new FileSourceHarness();
        harness.Logs.Write("audit.log", Lines(1, 3));
        harness.Start();
        await harness.ReadAsync(3);
        File.AppendAllText(harness.Logs["audit.log"], Lines(4, 5));
        await harness.ReadAsync(5);
        await harness.CatchUpAsync();
        await harness.StopAsync();
        File.AppendAllText(harness.Logs["audit.log"], Lines(6, 6));

        harness.Start();

        Assert.Equal(Numbered(1, 6), await harness.ReadAsync(6));
    }

    [Fact]
    public async Task End_of_all_files_is_told_with_what_was_journalled_and_when_they_were_written()
    {
        await using var harness = new FileSourceHarness();
        harness.Logs.Write("a.log", Lines(1, 3));
        Gzip(harness.Logs["b.log.gz"], Lines(4, 6));
        var written = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(harness.Logs["a.log"], written);
        harness.Start();

        await harness.WaitUntilAsync(() => harness.Ends.Snapshot().GetValueOrDefault("files") is { Journalled: 7, Written.Count: 2 });
        Assert.Equal([DateTime.UnixEpoch, written], harness.Ends.Snapshot()["files"]!.Written.Values.Order());

        File.AppendAllText(harness.Logs["a.log"], Lines(7, 9));
        await harness.WaitUntilAsync(() => harness.Ends.Snapshot()["files"] is { Journalled: 10 });
        Assert.All(harness.Ends.Snapshot()["files"]!.Written.Values, time => Assert.NotEqual(written, time));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Crash_before_the_cursor_was_saved_reads_nothing_twice(bool compressed)
    {
        await using var harness = new FileSourceHarness();
        if (compressed)
            Gzip(harness.Logs["audit.log.gz"], Lines(1, 100));
        else
            harness.Logs.Write("audit.log", Lines(1, 100));
        harness.Start();
        await harness.ReadAsync(100);
        await harness.StopAsync();
        harness.ForgetCursors();
        harness.Logs.Write("later.log", Lines(101, 101));

        harness.Start();

        Assert.Equal(Numbered(1, 101), await harness.ReadAsync(101));
    }

    [Fact]
    public async Task Renamed_log_is_read_to_its_end_and_its_successor_from_the_beginning()
    {
        await using var harness = new FileSourceHarness();
        var log = harness.Logs["audit.log"];
        harness.Logs.Write("audit.log", Lines(1, 2));
        harness.Start(log);
        await harness.ReadAsync(2);

        using (var writer = File.AppendText(log))
        {
            File.Move(log, harness.Logs["audit-2026-11-23T00-00-00.000.log"]);
            writer.Write(Lines(3, 3));
        }

        await harness.ReadAsync(3);
        harness.Logs.Write("audit.log", Lines(4, 5));

        Assert.Equal(Numbered(1, 5), await harness.ReadAsync(5));
    }

    [Fact]
    public async Task Log_that_was_rotated_and_compressed_meanwhile_is_read_on_where_it_was_left()
    {
        await using var harness = new FileSourceHarness();
        var log = harness.Logs["audit.log"];
        harness.Logs.Write("audit.log", Lines(1, 300));
        harness.Start(log);
        await harness.ReadAsync(300);
        await harness.CatchUpAsync();
        await harness.StopAsync();
        Gzip(harness.Logs["audit-2026-11-23T00-00-00.000.log.gz"], Lines(1, 310));
        File.Delete(log);
        harness.Logs.Write("audit.log", Lines(311, 312));

        harness.Start(log);

        Assert.Equal(
            Numbered(1, 312).Order(StringComparer.Ordinal),
            (await harness.ReadAsync(312)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Copied_and_truncated_log_is_read_once()
    {
        await using var harness = new FileSourceHarness();
        var log = harness.Logs["audit.log"];
        harness.Logs.Write("audit.log", Lines(1, 50));
        harness.Start(log);
        await harness.ReadAsync(50);
        await harness.CatchUpAsync();

        File.Copy(log, log + ".1");
        File.AppendAllText(log + ".1", Lines(51, 52));
        using (var truncated = new FileStream(log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            truncated.SetLength(0);
            truncated.Write(Encoding.UTF8.GetBytes(Lines(53, 54)));
        }

        Assert.Equal(
            Numbered(1, 54).Order(StringComparer.Ordinal),
            (await harness.ReadAsync(54)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_written_to_a_renamed_log_later_on_is_read_too()
    {
        await using var harness = new FileSourceHarness();
        var log = harness.Logs["audit.log"];
        harness.Logs.Write("audit.log", Lines(1, 2));
        harness.Start(log);
        await harness.ReadAsync(2);
        await harness.CatchUpAsync();

        File.Move(log, harness.Logs["audit.log.1"]);
        await harness.CatchUpAsync();
        File.AppendAllText(harness.Logs["audit.log.1"], Lines(3, 3));

        Assert.Equal(Numbered(1, 3), await harness.ReadAsync(3));
    }

    [Fact]
    public async Task Truncated_log_that_is_as_large_again_at_once_is_read_from_its_beginning()
    {
        await using var harness = new FileSourceHarness();
        var log = harness.Logs["audit.log"];
        harness.Logs.Write("audit.log", Lines(1, 5));
        harness.Start(log);
        await harness.ReadAsync(5);
        await harness.CatchUpAsync();

        using (var file = new FileStream(log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            // One write: nobody sees the file smaller than it was.
            file.Write(Encoding.UTF8.GetBytes(Lines(6, 17)));
            file.SetLength(file.Position);
        }

        Assert.Equal(Numbered(1, 17), await harness.ReadAsync(17));
    }

    [Fact]
    public async Task Source_without_anything_to_read_holds_back_no_segment()
    {
        await using var harness = new FileSourceHarness();
        harness.Start();
        await harness.CatchUpAsync();

        var end = await harness.AppendForeignEntriesAsync(10);

        await harness.WaitUntilAsync(() => harness.CursorPosition == end);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rest_of_a_half_line_that_was_taken_keeps_no_secret(bool restarted)
    {
        await using var harness = new FileSourceHarness { LastLineAfter = TimeSpan.Zero };
        harness.Logs.Write("audit.log", """{"kind":"Event","auditID":"1","stage":"ResponseComplete","verb":"get","objectRef":{"resource":"secrets"},"responseObject":{"kind":"Secret","data":{"us""");
        harness.Start();
        await harness.ReadAsync(1);
        if (restarted)
        {
            await harness.StopAsync();
            harness.Start();
        }

        File.AppendAllText(harness.Logs["audit.log"], """er":"Ym9i","pw":"aHVudGVyMg==","pin":"MTIzNA=="}}}""" + "\n" + Lines(1, 1));

        var entries = await harness.ReadAsync(3);
        Assert.Equal("line 1", entries[2]);
        Assert.DoesNotContain(entries, entry => entry.Contains("Ym9i", StringComparison.Ordinal)
            || entry.Contains("aHVudGVyMg", StringComparison.Ordinal) || entry.Contains("MTIzNA", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Half_line_waits_for_its_rest()
    {
        await using var harness = new FileSourceHarness();
        harness.Logs.Write("audit.log", "line 1\nline");
        harness.Start();
        await harness.ReadAsync(1);
        await harness.CatchUpAsync();

        File.AppendAllText(harness.Logs["audit.log"], " 2\n");

        Assert.Equal(Numbered(1, 2), await harness.ReadAsync(2));
    }

    [Fact]
    public async Task Half_line_of_a_quiet_file_is_taken_as_it_stands()
    {
        await using var harness = new FileSourceHarness { LastLineAfter = TimeSpan.Zero };
        harness.Logs.Write("audit.log", "line 1\nline");

        harness.Start();

        Assert.Equal(["line 1", "line"], await harness.ReadAsync(2));
    }

    [Fact]
    public async Task Damaged_compression_keeps_what_is_before_the_damage_and_says_so()
    {
        await using var harness = new FileSourceHarness { LastLineAfter = TimeSpan.Zero };
        var path = harness.Logs["audit.log.zst"];
        Zstd(path, string.Concat(Enumerable.Range(0, 50_000).Select(number => $"{number * 7919L % 1_000_003} {number}\n")));
        using (var file = File.OpenWrite(path))
            file.SetLength(file.Length / 2);

        harness.Start();
        await harness.CatchUpAsync(status => status.Message is not null);

        Assert.Contains("cannot read", Assert.Single(harness.Registry.Snapshot()).Message, StringComparison.Ordinal);
        Assert.Equal("0 0", (await harness.ReadAsync(1))[0]);
    }

    [Fact]
    public async Task File_that_may_not_be_read_yet_is_read_as_soon_as_it_may()
    {
        await using var harness = new FileSourceHarness();
        var path = harness.Logs["late.log"];

        harness.Start(path);
        await harness.CatchUpAsync(status => status.Message is not null);
        Assert.Contains("does not exist yet", Assert.Single(harness.Registry.Snapshot()).Message, StringComparison.Ordinal);
        harness.Logs.Write("late.log", Lines(1, 1));

        Assert.Equal(Numbered(1, 1), await harness.ReadAsync(1));
    }

    private static void Gzip(string path, string content)
    {
        using var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        stream.Write(Encoding.UTF8.GetBytes(content));
    }

    private static void Zstd(string path, string content)
    {
        using var stream = new ZstdSharp.CompressionStream(File.Create(path), leaveOpen: false);
        stream.Write(Encoding.UTF8.GetBytes(content));
    }
}
