namespace Reeve.Server.Doctor.FluentBit;

/// <summary>A section of a configuration of Fluent Bit, classic or YAML. Immutable.</summary>
/// <param name="Kind">Input, output, service or filter, in small letters.</param>
/// <param name="Values">Its keys in small letters, with their lines.</param>
/// <param name="Line">1-based.</param>
internal sealed record FluentBitSection(string Kind, IReadOnlyDictionary<string, (string Value, int Line)> Values, int Line)
{
    /// <summary>The value of a key; null where it is absent.</summary>
    public string? this[string key] => Values.TryGetValue(key, out var found) ? found.Value : null;

    /// <summary>Whether a key is on.</summary>
    public bool IsOn(string key) => this[key]?.ToUpperInvariant() is "ON" or "TRUE" or "YES";

    /// <summary>The line of a key; that of the section where it is absent.</summary>
    public int LineOf(string key) => Values.TryGetValue(key, out var found) ? found.Line : Line;
}
