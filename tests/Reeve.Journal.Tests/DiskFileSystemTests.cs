using System.Runtime.Versioning;
using Reeve.Journaling.Tests.Support;

namespace Reeve.Journaling.Tests;

[SupportedOSPlatform("linux")]
public sealed class DiskFileSystemTests
{
    [Fact]
    public async Task Only_the_owner_can_read_what_a_journal_leaves_on_the_disk()
    {
        using var folder = new JournalFolder();
        await using (var journal = Journal.Open(folder.Options))
        {
            journal.OpenCursor("store");
            var batch = new JournalBatch();
            batch.Add([1, 2, 3]);
            var appended = await journal.AppendAsync(batch, TestContext.Current.CancellationToken);
            await journal.WaitDurableAsync(appended.End, TestContext.Current.CancellationToken);
        }

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Options.Folder));
        var files = Directory.GetFiles(folder.Options.Folder);
        Assert.True(files.Length >= 3);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }
}
