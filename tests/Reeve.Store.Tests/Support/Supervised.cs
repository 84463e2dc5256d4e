using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Store.ClickHouse.Embedded;

namespace Reeve.Store.Tests.Support;

/// <summary>The embedded store under its supervisor, in this process or (as a server that can be killed) in a child.</summary>
internal static class Supervised
{
    /// <summary>The mode of the test program that is a server with a store.</summary>
    public const string Command = "store-supervisor";

    public static StoreProcess Start(TemporaryFolder folder, string? library = null)
    {
        library ??= Chdb.Require();
        var options = Options(folder.Path) with { Environment = new Dictionary<string, string> { [StoreHostOptions.LibraryVariable] = library } };
        var store = new StoreProcess(options, NullLogger<StoreProcess>.Instance, TimeProvider.System);
        store.Start();
        return store;
    }

    public static StoreProcessOptions Options(string folder) => new()
    {
        File = Environment.ProcessPath!,
        Arguments = [EmbeddedStore.Command, Path.Combine(folder, "store"), Path.Combine(folder, "store.sock"), "1000000000"],
        DataFolder = Path.Combine(folder, "store"),
        Socket = Path.Combine(folder, "store.sock"),
        Delay = new RestartDelay(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(400), TimeSpan.FromMinutes(1)),
    };

    /// <summary>What the child process runs; it never stops its store: it is killed.</summary>
    public static async Task<int> RunAsync(string folder)
    {
        await using var store = new StoreProcess(Options(folder), NullLogger<StoreProcess>.Instance, TimeProvider.System);
        store.Start();
        await using var input = Console.OpenStandardInput();
        while (await input.ReadAsync(new byte[16]) > 0)
        {
        }

        return 0;
    }
}
