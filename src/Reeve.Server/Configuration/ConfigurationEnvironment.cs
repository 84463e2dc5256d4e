using System.Net;

namespace Reeve.Server.Configuration;

/// <summary>
/// Puts <c>REEVE_…</c> variables over what the file says. Lists are separated by commas. Variables that are no key are left
/// alone: Kubernetes itself sets such names (<c>REEVE_SERVICE_HOST</c>) where a Service is called reeve.
/// </summary>
internal static class ConfigurationEnvironment
{
    public static void Apply(
        ConfigurationBlock root, IReadOnlyDictionary<string, string> environment, string folder, List<ConfigurationError> errors)
    {
        foreach (var key in ConfigurationKeys.All)
        {
            if (key.Variable is not { } variable || !environment.TryGetValue(variable, out var text) || text.Length == 0)
                continue;
            var place = new ConfigurationPlace(variable);
            if (Value(key, text, folder, place, errors) is { } value)
                Enter(root, key, place).Set(key.Name, value, place);
        }
    }

    private static object? Value(ConfigurationKey key, string text, string folder, ConfigurationPlace place, List<ConfigurationError> errors)
    {
        var isList = key.Type is KeyType.Texts or KeyType.Paths or KeyType.Networks;
        string[] parts = isList ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [text];
        var values = new List<object>();
        foreach (var part in parts)
        {
            if (ConfigurationValues.Parse(key, part, folder, out var error) is { } value)
                values.Add(value);
            else
                errors.Add(place.Error(error!));
        }

        return key.Type switch
        {
            KeyType.Networks => values.Cast<IPNetwork>().ToArray(),
            KeyType.Texts or KeyType.Paths => values.Cast<string>().ToArray(),
            _ => values.FirstOrDefault(),
        };
    }

    private static ConfigurationBlock Enter(ConfigurationBlock root, ConfigurationKey key, ConfigurationPlace place) =>
        key.Parent.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate(root, (block, name) => block.Enter(name, place));
}
