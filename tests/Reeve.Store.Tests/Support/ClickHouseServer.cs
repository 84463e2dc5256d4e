using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Reeve.Store.ClickHouse;

namespace Reeve.Store.Tests.Support;

/// <summary>
/// A real ClickHouse server made from the same library, for <c>store.url</c>. For tests only: its listener ends the process on malformed requests.
/// </summary>
internal sealed class ClickHouseServer : IAsyncDisposable
{
    /// <summary>The mode of the test program that is the server.</summary>
    public const string Command = "clickhouse-server";

    private readonly TemporaryFolder _folder = new();
    private readonly Child _child;

    private ClickHouseServer(int port)
    {
        Url = $"http://default@127.0.0.1:{port}/reeve";
        if (!StoreEndpoint.TryParse(Url, out var endpoint, out var error))
            throw new InvalidOperationException(error);
        Client = new ClickHouseHttp(endpoint, TimeProvider.System);
        _child = new Child(Command, _folder["server"], port.ToString());
    }

    /// <summary>What <c>store.url</c> would be.</summary>
    public string Url { get; }

    public ClickHouseHttp Client { get; }

    /// <summary>Starts a server on a free port and waits until it answers; skips the test where the library is not installed.</summary>
    public static async Task<ClickHouseServer> StartAsync()
    {
        Chdb.Require();
        var server = new ClickHouseServer(FreePort());
        await Readiness.WaitAsync(server.Client, server._child);
        return server;
    }

    /// <summary>What the child process runs: one endless query, in whose process the HTTP listener answers.</summary>
    public static unsafe int Run(string folder, string port)
    {
        _ = ExitWithParentAsync();
        var library = NativeLibrary.Load(Chdb.Library!);
        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "chdb_set_signal_handlers_enabled"))(0);
        var run = (delegate* unmanaged<int, byte**, void*>)NativeLibrary.GetExport(library, "chdb_query_cmdline");
        string[] arguments =
        [
            "clickhouse", $"--path={folder}", $"--http_port={port}", "--tcp_port=0", "--listen_host=127.0.0.1", "--output-format=TSV",
            "--query=SYSTEM START LISTEN HTTP; SELECT sleepEachRow(1) FROM numbers(1000000) SETTINGS max_block_size = 1 FORMAT Null",
        ];
        var argv = stackalloc byte*[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
            argv[i] = (byte*)Marshal.StringToCoTaskMemUTF8(arguments[i]);
        run(arguments.Length, argv);
        return 1;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _child.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task ExitWithParentAsync()
    {
        await using var input = Console.OpenStandardInput();
        while (await input.ReadAsync(new byte[16]) > 0)
        {
        }

        Environment.Exit(0);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
