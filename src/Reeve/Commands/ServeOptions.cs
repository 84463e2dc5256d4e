using Reeve.Server.Configuration;
using Reeve.Server.Sources.Demo;

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
    /// <exception cref="ConfigurationException">The configuration is wrong, or a path is the name of a source in it.</exception>
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

        if (DemoFolder.IsOne(configuration.Data))
            throw new CommandFailedException(ExitCode.WrongUsage, $"{configuration.Data} holds a demo, and real events must not come into it; name another folder with --data");
        return configuration with
        {
            Sources = Paths.Count == 0 && !configuration.NamesSources
                ? [SourceConfiguration.Default]
                : [.. configuration.Sources, .. FileSources(configuration.Sources)],
        };
    }

    private IEnumerable<SourceConfiguration> FileSources(IReadOnlyList<SourceConfiguration> configured)
    {
        var paths = Paths.Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))).Distinct(StringComparer.Ordinal).ToList();
        var taken = paths.Where(path => configured.Any(source => source.Name == path)).ToList();
        if (taken.Count > 0)
            throw new ConfigurationException([.. taken.Select(path => new ConfigurationError(path, 0, 0, "a source of the configuration is called that already; leave one of them out"))]);
        foreach (var path in paths)
        {
            if (paths.Find(folder => IsInside(path, folder)) is { } outer)
                Console.Error.WriteLine($"reeve: {path} is inside {outer} and is read with it");
            else
                yield return new() { Type = "file", Name = path, Path = path };
        }
    }

    private static bool IsInside(string path, string folder) =>
        path != folder && path.StartsWith(folder.EndsWith('/') ? folder : folder + "/", StringComparison.Ordinal);
}
