using System.CommandLine;
using Reeve.Server.Configuration;
using Reeve.Server.Hosting;

namespace Reeve.Commands;

/// <summary><c>reeve serve</c>: the server.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> ConfigOption = new("--config") { Description = "The configuration file (default: reeve.yaml where it exists).", HelpName = "FILE" };
    private static readonly Option<string?> DataOption = new("--data") { Description = "The folder of journal, store and state (default: ./reeve-data).", HelpName = "DIR" };
    private static readonly Option<string?> ListenOption = new("--listen") { Description = "Where pages and API answer (default: 127.0.0.1:8080; port 0 takes a free one).", HelpName = "ADDR" };
    private static readonly Argument<string[]> PathsArgument = new("PATH") { Description = "Log files and folders to read and follow.", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create()
    {
        var command = new Command("serve", "Starts the server. Prints its address and, at the first start, a link for the first administrator.")
        {
            ConfigOption, DataOption, ListenOption, PathsArgument,
        };
        command.SetAction(RunAsync);
        ExampleHelp.AddTo(command, "reeve serve --data /var/lib/reeve /var/log/kubernetes");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var configuration = Configure(parsed);
        await using var server = ReeveServer.Create(configuration, ThisProgram.ForStore());
        await server.StartAsync(ct);
        Console.Out.WriteLine(server.Addresses[0].ToString().TrimEnd('/'));
        if (server.CreateWelcomeLink() is { } link)
            Console.Out.WriteLine($"Create the first administrator (the link works once, for an hour): {link}");
        return await server.WaitForShutdownAsync(ct) is { } failure
            ? throw new CommandFailedException(ExitCode.Failed, failure)
            : ExitCode.Done;
    }

    private static ReeveConfiguration Configure(ParseResult parsed) => new ServeOptions(
        parsed.GetValue(ConfigOption), parsed.GetValue(DataOption), parsed.GetValue(ListenOption), parsed.GetValue(PathsArgument) ?? []).Load();
}
