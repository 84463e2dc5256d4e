using Reeve.Server.Sources.Files;

namespace Reeve.Server.Tests.Sources;

public sealed class LogFileFinderTests
{
    [Theory]
    [InlineData("audit.log", true)]
    [InlineData("audit.log.1", true)]
    [InlineData("audit.log.2.gz", true)]
    [InlineData("audit-2026-11-23T03-15-31.000.log", true)]
    [InlineData("audit-2026-11-23T03-15-31.000.log.gz", true)]
    [InlineData("events.json", true)]
    [InlineData("events.jsonl", true)]
    [InlineData("events.ndjson", true)]
    [InlineData("events.jsonl.zst", true)]
    [InlineData("EVENTS.JSON.GZ", true)]
    [InlineData("a01-anonymous.md", false)]
    [InlineData("policy.yaml", false)]
    [InlineData("catalog", false)]
    [InlineData("events.json.bak", false)]
    public void Names_of_logs_are_known(string name, bool expected) =>
        Assert.Equal(expected, LogFileFinder.IsLogName(name));

    [Fact]
    public void Folder_gives_its_logs_at_any_depth_in_order_and_counts_the_rest()
    {
        using var folder = new TemporaryFolder();
        folder.Write("b/2.log", "");
        folder.Write("a/1.jsonl", "");
        folder.Write("a/readme.md", "");

        var found = new LogFileFinder([folder.Path]).Find();

        Assert.Equal([folder["a/1.jsonl"], folder["b/2.log"]], found.Files);
        Assert.Equal(1, found.Skipped);
    }

    [Fact]
    public void Named_file_is_read_whatever_its_name_and_only_once()
    {
        using var folder = new TemporaryFolder();
        folder.Write("notes.txt", "");
        folder.Write("audit.log", "");

        var found = new LogFileFinder([folder["notes.txt"], folder.Path, folder["audit.log"], folder["absent"]]).Find();

        Assert.Equal([folder["notes.txt"], folder["audit.log"]], found.Files);
        Assert.Equal([folder["absent"]], found.Missing);
    }

    [Fact]
    public void Loop_of_links_ends()
    {
        using var folder = new TemporaryFolder();
        folder.Write("logs/audit.log", "");
        Directory.CreateSymbolicLink(folder["logs/again"], folder["logs"]);

        Assert.Equal([folder["logs/audit.log"]], new LogFileFinder([folder.Path]).Find().Files);
    }
}
