using System.CommandLine;

namespace Reeve.Commands;

/// <summary><c>reeve serve</c>: the server.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Starts the server; paths are read as log files and folders.");
        ExampleHelp.AddTo(command, "reeve serve --data /var/lib/reeve /var/log/kubernetes");
        return command;
    }
}
