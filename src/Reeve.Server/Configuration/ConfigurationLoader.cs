using System.Collections;

namespace Reeve.Server.Configuration;

/// <summary>Reads <c>reeve.yaml</c> and the environment.</summary>
public static class ConfigurationLoader
{
    // Nobody's configuration is that long; a log file given by mistake is.
    private const int MaxLength = 1 << 20;

    /// <summary>Reads the configuration of this process.</summary>
    /// <param name="file">The YAML file; null for none, which gives the defaults.</param>
    /// <exception cref="ConfigurationException">Everything that is wrong with it, not only the first.</exception>
    public static ReeveConfiguration Load(string? file)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
        return Parse(file, file is null ? "" : Read(file), environment, Environment.CurrentDirectory);
    }

    /// <summary>Reads a configuration from text.</summary>
    /// <param name="file">How the file is called in errors; paths in it are relative to its folder.</param>
    /// <param name="yaml">What is in the file.</param>
    /// <param name="environment">The environment variables.</param>
    /// <param name="workingFolder">What paths in the environment are relative to.</param>
    internal static ReeveConfiguration Parse(string? file, string yaml, IReadOnlyDictionary<string, string> environment, string workingFolder)
    {
        var errors = new List<ConfigurationError>();
        var folder = file is null ? workingFolder : Path.GetDirectoryName(Path.GetFullPath(file, workingFolder))!;
        var root = new ConfigurationParser(file ?? "reeve.yaml", folder, errors).Parse(yaml);
        ConfigurationEnvironment.Apply(root, environment, workingFolder, errors);
        var configuration = new ConfigurationBinder(folder, errors).Bind(root);
        return errors.Count == 0 ? configuration : throw new ConfigurationException(
            [.. errors.OrderBy(error => error.Line).ThenBy(error => error.Column)]);
    }

    private static string Read(string file)
    {
        try
        {
            if (new FileInfo(file).Length <= MaxLength)
                return File.ReadAllText(file);
            throw new ConfigurationException([new ConfigurationError(file, 0, 0, "the file is larger than 1 MiB; is it really a configuration?")]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException([new ConfigurationError(file, 0, 0, $"the file cannot be read: {failure.Message}")]);
        }
    }
}
