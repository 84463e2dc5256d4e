using Reeve.Server.State;

namespace Reeve.Server.Tests.State;

public sealed class ServerIdTests
{
    [Fact]
    public void Id_is_made_once_and_readable_by_the_servers_account_alone()
    {
        using var folder = new TemporaryFolder();

        var id = ServerId.LoadOrCreate(folder.Path);

        Assert.Matches("^[0-9a-f]{8}$", id);
        Assert.Equal(id, ServerId.LoadOrCreate(folder.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["server-id"]));
    }
}
