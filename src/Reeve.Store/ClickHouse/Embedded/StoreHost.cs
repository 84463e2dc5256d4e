using System.Runtime.InteropServices;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>
/// The process that <c>reeve store</c> is: libchdb behind a Unix domain socket that speaks ClickHouse's HTTP interface.
/// A native crash or the memory limit ends this process, or one query of it, and nothing else.
/// </summary>
public static partial class StoreHost
{
    /// <summary>The process did its work and was asked to stop.</summary>
    public const int Stopped = 0;

    /// <summary>The store could not start; one line on stderr says why.</summary>
    public const int CannotStart = 1;

    private const int LongestSocketPath = 107;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Hosts the store until it is cancelled, gets SIGTERM or SIGINT, or its parent is gone. Answers the exit code.</summary>
    public static async Task<int> RunAsync(StoreHostOptions options, CancellationToken cancellationToken)
    {
        if (Encoding.UTF8.GetByteCount(options.Socket) > LongestSocketPath)
            return Fail($"the socket's path is longer than {LongestSocketPath} bytes: {options.Socket}; choose a shorter data folder");
        if (!ChdbLibrary.TryLoad(options.LibraryPath, out var library, out var error))
            return Fail(error!);
        Directory.CreateDirectory(options.DataFolder, OwnerOnly);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Socket))!, OwnerOnly);

        using var folder = FolderLock.TryTake(options.DataFolder);
        if (folder is null)
            return Fail($"the embedded store cannot use {options.DataFolder}: another process holds it");
        if (DeduplicationRepair.Run(Path.Combine(options.DataFolder, StoreEngine.Folder)) is var lost and not 0)
            await Console.Error.WriteLineAsync($"reeve: blocks noted but not stored before a crash, now free to be sent again: {lost}");

        // Every connection's calls block a thread; the pool must not take half a second to add each one.
        ThreadPool.SetMinThreads(options.Readers * 2 + 16, 16);
        var engine = StoreEngine.Open(library!, options, TimeProvider.System);
        if (engine is null)
            return Fail($"the embedded store cannot open {options.DataFolder}");

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        // Ctrl-C in a terminal reaches the parent too, which ends our input when it has no more to store.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, options.StopWhenInputEnds ? s => s.Cancel = true : Stop);
        if (options.StopWhenInputEnds)
            _ = StopWhenInputEndsAsync(stop);
        try
        {
            await ServeAsync(engine, options, stop.Token);
        }
        finally
        {
            await engine.CloseAsync();
        }

        return Stopped;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task ServeAsync(StoreEngine engine, StoreHostOptions options, CancellationToken stop)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options.Socket));
        await using var application = builder.Build();
        application.Run(new QueryHandler(engine, TimeProvider.System).HandleAsync);
        // Only who holds the data folder's lock comes here, so the file is of a process that is gone.
        File.Delete(options.Socket);
        var mask = Umask(Octal0177);
        try
        {
            await application.StartAsync(stop);
        }
        finally
        {
            _ = Umask(mask);
        }

        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
        }
        catch (OperationCanceledException)
        {
            using var noWaiting = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await application.StopAsync(noWaiting.Token);
        }
    }

    private static void Configure(KestrelServerOptions kestrel, string socket)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestLineSize = 1 << 20;
        kestrel.Limits.MaxRequestBufferSize = 2 << 20;
        kestrel.ListenUnixSocket(socket);
    }

    private static async Task StopWhenInputEndsAsync(CancellationTokenSource stop)
    {
        await using var input = Console.OpenStandardInput();
        var ignored = new byte[64];
        while (await input.ReadAsync(ignored, stop.Token) > 0)
        {
        }

        await stop.CancelAsync();
    }

    private static int Fail(string line)
    {
        Console.Error.WriteLine($"reeve: {line}");
        return CannotStart;
    }

    private const uint Octal0177 = 0x7F;

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Umask(uint mask);
}
