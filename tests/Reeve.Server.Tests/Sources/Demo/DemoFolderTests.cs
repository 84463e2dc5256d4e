using System.Globalization;
using Reeve.Server.Sources.Demo;

namespace Reeve.Server.Tests.Sources.Demo;

public sealed class DemoFolderTests
{
    [Fact]
    public void Temporary_folder_goes_with_the_demo()
    {
        var folder = DemoFolder.Temporary();
        File.WriteAllText(Path.Combine(folder.Data, "something"), "of the store");
        var parent = Path.GetDirectoryName(folder.Data)!;

        DemoFolder.DeleteLeftovers();
        Assert.True(DemoFolder.IsOne(folder.Data));
        folder.Dispose();

        Assert.False(Directory.Exists(parent));
    }

    [Fact]
    public void What_a_killed_demo_left_behind_is_deleted_and_nothing_else()
    {
        var left = Directory.CreateTempSubdirectory("reeve-demo-");
        var foreign = Directory.CreateTempSubdirectory("reeve-demo-");
        // A process of that number runs, but began at another time.
        File.WriteAllText(Path.Combine(left.FullName, "owner"), string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} 1"));
        left.CreateSubdirectory("data");

        DemoFolder.DeleteLeftovers();

        Assert.False(Directory.Exists(left.FullName));
        Assert.True(Directory.Exists(foreign.FullName));
        foreign.Delete();
    }

    [Fact]
    public void Folder_with_other_data_is_refused_and_one_of_a_demo_is_taken_again()
    {
        using var folder = new TemporaryFolder();
        folder.Write("real/reeve.db", "");

        Assert.Null(DemoFolder.Kept(folder["real"]));
        DemoFolder.Kept(folder["new"])!.Dispose();
        DemoFolder.Kept(folder["new"])!.Dispose();

        Assert.True(DemoFolder.IsOne(folder["new"]));
        Assert.False(DemoFolder.IsOne(folder["real"]));
    }
}
