using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reeve.Server.Configuration;
using Reeve.Server.Hosting;
using Reeve.Server.Sources.Demo;

namespace Reeve.Commands;

/// <summary><c>reeve demo</c>: the server with the sample logs.</summary>
internal static class DemoCommand
{
    private static readonly ListenAddress Usual = new(IPAddress.Loopback, 8080);

    private static readonly Option<string?> DataOption = new("--data") { Description = "Keep the demo in this folder (default: a temporary one, removed at the end).", HelpName = "DIR" };
    private static readonly Option<string?> ListenOption = new("--listen") { Description = "Where pages and API answer, on loopback (default: 127.0.0.1:8080, or a free port where that is taken).", HelpName = "ADDR" };

    public static Command Create()
    {
        var command = new Command("demo", "Starts the server with sample logs of an attack. Prints its address and a link that signs in once.")
        {
            DataOption, ListenOption,
        };
        command.SetAction(RunAsync);
        ExampleHelp.AddTo(command, "reeve demo --listen 127.0.0.1:9000");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        // A signal is heard from the first wait on; what is made from here on must not outlive one.
        await Task.Yield();
        var listen = Address(parsed.GetValue(ListenOption));
        using var folder = Folder(parsed.GetValue(DataOption));
        var samples = Path.Combine(AppContext.BaseDirectory, "samples");
        var progress = new DemoStart();
        await using var server = ReeveServer.Create(
            ReeveConfiguration.ForDemo(folder.Data, samples, listen), ThisProgram.ForStore(),
            services => services.AddLogging(logging => logging.SetMinimumLevel(progress.LogLevel)));
        await server.StartAsync(ct);
        Console.Out.WriteLine(server.Addresses[0].ToString().TrimEnd('/'));
        Console.Out.WriteLine(server.CreateDemoLink());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watching = progress.WatchAsync(server, ended.Token);
        DemoFolder.DeleteLeftovers();
        var failure = await server.WaitForShutdownAsync(ct);
        await ended.CancelAsync();
        await watching;
        DemoFolder.DeleteLeftovers();
        return failure is null ? ExitCode.Done : throw new CommandFailedException(ExitCode.Failed, failure);
    }

    private static DemoFolder Folder(string? data) => data is null
        ? DemoFolder.Temporary()
        : DemoFolder.Kept(data) ?? throw new CommandFailedException(ExitCode.WrongUsage, $"--data {data}: it holds other data; name a new folder, or one that a demo made");

    private static ListenAddress Address(string? text)
    {
        if (text is null)
            return IsFree(Usual) ? Usual : Usual with { Port = 0 };
        if (!ListenAddress.TryParse(text, out var address))
            throw new CommandFailedException(ExitCode.WrongUsage, $"--listen {text}: not an address like 127.0.0.1:8080");
        return address.IsLoopback
            ? address
            : throw new CommandFailedException(ExitCode.WrongUsage, $"--listen {text}: a demo is for this machine only; name an address like 127.0.0.1:{address.Port}");
    }

    private static bool IsFree(ListenAddress address)
    {
        using var listener = new TcpListener(address.Address, address.Port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
