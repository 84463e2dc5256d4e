using Reeve.Server.Storage;

namespace Reeve.Commands;

/// <summary>The program that is running, as one starts it again.</summary>
internal static class ThisProgram
{
    /// <summary>The one that hosts the embedded store.</summary>
    public static StoreProgram ForStore()
    {
        // Started through `dotnet reeve.dll`, the process is dotnet.
        var file = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(file) == "dotnet"
            ? new(file, [typeof(ThisProgram).Assembly.Location])
            : new(file, []);
    }
}
