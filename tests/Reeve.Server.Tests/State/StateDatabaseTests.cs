using Microsoft.Data.Sqlite;
using Reeve.Server.State;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.State;

public sealed class StateDatabaseTests
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly StateMigration First = new(1, "0001-one", "CREATE TABLE one (value INTEGER)");

    [Fact]
    public void Nobody_else_can_read_the_folder_and_the_files()
    {
        using var folder = new TemporaryFolder();
        using var database = StateDatabase.Open(folder["data"]);
        database.Write(connection => connection.Execute("CREATE TABLE something (value INTEGER)"));

        Assert.Equal(default, File.GetUnixFileMode(folder["data"]) & Others);
        var files = Directory.GetFiles(folder["data"]);
        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void Folder_that_holds_files_of_others_keeps_its_mode()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["something"], "of somebody else");
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(folder.Path, mode);

        using var database = StateDatabase.Open(folder.Path);

        Assert.Equal(mode, File.GetUnixFileMode(folder.Path));
    }

    [Fact]
    public void Migrations_run_once_and_in_order()
    {
        using var folder = new TemporaryFolder();
        using (var database = StateDatabase.Open(folder.Path, [First]))
            database.Write(connection => connection.Execute("INSERT INTO one VALUES (7)"));

        using var upgraded = StateDatabase.Open(folder.Path, [First, new StateMigration(2, "0002-two", "ALTER TABLE one ADD COLUMN more TEXT DEFAULT 'm'")]);

        Assert.Equal([(7L, "m")], upgraded.Read(connection => connection.Query("SELECT value, more FROM one", row => (row.GetInt64(0), row.GetString(1)))));
    }

    [Fact]
    public void Migration_that_fails_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var broken = new StateMigration(2, "0002-broken", "CREATE TABLE two (value INTEGER); SELECT nonsense FROM nowhere");
        Assert.Throws<SqliteException>(() => StateDatabase.Open(folder.Path, [First, broken]));

        using var database = StateDatabase.Open(folder.Path, [First]);

        Assert.Equal(["one"], database.Read(connection => connection.Query("SELECT name FROM sqlite_master WHERE type = 'table'", row => row.GetString(0))));
    }

    [Fact]
    public void File_of_a_later_version_is_refused()
    {
        using var folder = new TemporaryFolder();
        StateDatabase.Open(folder.Path, [First, new StateMigration(2, "0002-two", "CREATE TABLE two (value INTEGER)")]).Dispose();

        var refusal = Assert.Throws<InvalidDataException>(() => StateDatabase.Open(folder.Path, [First]));

        Assert.Contains("later version", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transaction_that_throws_writes_nothing_and_the_next_one_works()
    {
        using var folder = new TemporaryFolder();
        using var database = StateDatabase.Open(folder.Path, [First]);

        Assert.Throws<TimeoutException>(() => database.Write(connection =>
        {
            connection.Execute("INSERT INTO one VALUES (1)");
            throw new TimeoutException();
        }));
        database.Write(connection => connection.Execute("INSERT INTO one VALUES (2)"));

        Assert.Equal([2L], Values(database));
    }

    [Fact]
    public async Task Readers_do_not_wait_for_a_writer()
    {
        using var folder = new TemporaryFolder();
        using var database = StateDatabase.Open(folder.Path, [First]);
        using var inside = new SemaphoreSlim(0);
        using var release = new SemaphoreSlim(0);
        var writer = Task.Run(() => database.Write(connection =>
        {
            connection.Execute("INSERT INTO one VALUES (1)");
            inside.Release();
            release.Wait(TestContext.Current.CancellationToken);
        }), TestContext.Current.CancellationToken);
        await inside.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Empty(Values(database));

        release.Release();
        await writer;
        Assert.Equal([1L], Values(database));
    }

    [Fact]
    public void Migrations_of_this_build_are_numbered_without_a_gap()
    {
        var migrations = StateMigration.All();

        Assert.NotEmpty(migrations);
        Assert.Equal(Enumerable.Range(1, migrations.Count), migrations.Select(migration => migration.Version));
    }

    private static List<long> Values(StateDatabase database) =>
        database.Read(connection => connection.Query("SELECT value FROM one", row => row.GetInt64(0)));
}
