using Reeve.Server.Configuration;

namespace Reeve.Commands;

/// <summary>What the command line of a server says; it goes before the environment and <c>reeve.yaml</c>.</summary>
/// <param name="Config">The configuration file.</param>
/// <param name="Data">The data folder.</param>
/// <param name="Listen">The address of pages and API.</param>
/// <param name="Paths">Log files and folders.</param>
internal sealed record ServeOptions(string? Config, string? Data, string? Listen, IReadOnlyList<string> Paths)
{
    private const string DefaultFile = "reeve.yaml";

    /// <summary>The whole configuration.</summary>
    /// <exception cref="CommandFailedException">The address cannot be understood.</exception>
    public ReeveConfiguration Load()
    {
        var configuration = ConfigurationLoader.Load(Config ?? (File.Exists(DefaultFile) ? DefaultFile : null));
        if (Data is not null)
        {
            var named = ReeveConfiguration.ForData(Data);
            configuration = configuration with { Data = named.Data, Keys = named.Keys };
        }

        if (Listen is not null)
        {
            if (!ListenAddress.TryParse(Listen, out var address))
                throw new CommandFailedException(ExitCode.WrongUsage, $"--listen {Listen}: not an address like 127.0.0.1:8080");
            configuration = configuration with { Listen = configuration.Listen with { Http = address } };
        }

        return configuration with { Sources = [.. configuration.Sources, .. Paths.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Select(FileSource)] };
    }

    private static SourceConfiguration FileSource(string path) =>
        new() { Type = "file", Name = path, Path = path };
}
