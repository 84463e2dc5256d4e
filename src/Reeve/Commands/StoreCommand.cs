using System.CommandLine;

namespace Reeve.Commands;

/// <summary><c>reeve store</c>: hosts the embedded event store; <c>serve</c> starts it by itself.</summary>
internal static class StoreCommand
{
    public static Command Create()
    {
        var command = new Command("store", "Hosts the embedded event store on a Unix socket; started by serve.");
        ExampleHelp.AddTo(command, "reeve store --data /var/lib/reeve --socket /var/lib/reeve/store.sock");
        return command;
    }
}
