namespace Reeve.Detection.Correlation;

/// <summary>The values of a group as one text. A value may hold anything, so its own separators are marked.</summary>
internal static class GroupKey
{
    /// <summary>Joins values.</summary>
    public static string Join(IEnumerable<string> values) =>
        string.Join('\x1f', values.Select(value => value.AsSpan().ContainsAny('\x1e', '\x1f') ? value.Replace("\x1e", "\x1e1", StringComparison.Ordinal).Replace("\x1f", "\x1e2", StringComparison.Ordinal) : value));

    /// <summary>Parts them again.</summary>
    public static string[] Split(string key) =>
        [.. key.Split('\x1f').Select(value => value.Replace("\x1e2", "\x1f", StringComparison.Ordinal).Replace("\x1e1", "\x1e", StringComparison.Ordinal))];
}
