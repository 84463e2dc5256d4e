using System.CommandLine;
using Reeve.Store.ClickHouse.Embedded;

namespace Reeve.Commands;

/// <summary><c>reeve store</c>: hosts the embedded event store; <c>serve</c> starts it by itself.</summary>
internal static class StoreCommand
{
    private static readonly Option<string> DataOption = new("--data") { Description = "The folder of the store.", HelpName = "DIR", Required = true };
    private static readonly Option<string> SocketOption = new("--socket") { Description = "The Unix socket to answer on.", HelpName = "PATH", Required = true };
    private static readonly Option<long?> MemoryOption = new("--max-memory") { Description = "The most memory the store may take, in bytes.", HelpName = "BYTES" };

    public static Command Create()
    {
        var command = new Command("store", "Hosts the embedded event store on a Unix socket; serve starts it by itself.")
        {
            DataOption, SocketOption, MemoryOption,
        };
        command.SetAction(RunAsync);
        ExampleHelp.AddTo(command, "reeve store --data /var/lib/reeve/store --socket /var/lib/reeve/store.sock");
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var options = new StoreHostOptions
        {
            DataFolder = Path.GetFullPath(parsed.GetRequiredValue(DataOption)),
            Socket = Path.GetFullPath(parsed.GetRequiredValue(SocketOption)),
        };
        return StoreHost.RunAsync(parsed.GetValue(MemoryOption) is { } memory ? options with { MaxMemory = memory } : options, ct);
    }
}
