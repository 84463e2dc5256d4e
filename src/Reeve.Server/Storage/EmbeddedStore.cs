using Microsoft.Extensions.Logging;
using Reeve.Server.Configuration;
using Reeve.Server.State;
using Reeve.Store.ClickHouse;
using Reeve.Store.ClickHouse.Embedded;

namespace Reeve.Server.Storage;

/// <summary>The program that hosts the embedded store: <c>File Arguments… store --data DIR --socket PATH</c>.</summary>
/// <param name="File">The executable.</param>
/// <param name="Arguments">What goes before <c>store</c>.</param>
public sealed record StoreProgram(string File, IReadOnlyList<string> Arguments);

/// <summary>Where the embedded store of a server is, and how it is run.</summary>
internal static class EmbeddedStore
{
    /// <summary>The socket it answers on.</summary>
    public static StoreEndpoint Endpoint(ReeveConfiguration configuration) => StoreEndpoint.FromSocket(Socket(configuration));

    /// <summary>The supervisor of its process; nothing is started yet.</summary>
    public static StoreProcess Create(
        ReeveConfiguration configuration, StoreProgram program, ILogger<StoreProcess> log, TimeProvider time)
    {
        var folder = DataFolder.Prepare(Path.Combine(configuration.Data, "store"));
        var socket = Socket(configuration);
        var memory = configuration.Store.MaxMemory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        return new(
            new()
            {
                File = program.File,
                Arguments = [.. program.Arguments, "store", "--data", folder, "--socket", socket, "--max-memory", memory.ToString()],
                DataFolder = folder,
                Socket = socket,
                Environment = configuration.Store.Library is { } library
                    ? new Dictionary<string, string>(StringComparer.Ordinal) { [StoreHostOptions.LibraryVariable] = library }
                    : new Dictionary<string, string>(StringComparer.Ordinal),
            },
            log,
            time);
    }

    private static string Socket(ReeveConfiguration configuration) => Path.Combine(configuration.Data, "store.sock");
}
