using System.Security.Cryptography;
using System.Text;

namespace Reeve.Detection.Correlation;

/// <summary>
/// Values as one text, equal only for equal values. A value may hold anything, so its own separators are marked; and be as long as an
/// event, so of long ones their beginning and a hash stand for them.
/// </summary>
internal static class GroupKey
{
    private const int MostChars = 1024;

    /// <summary>Joins values.</summary>
    public static string Join(params ReadOnlySpan<string> values)
    {
        if (values.Length == 1)
            return Marked(values[0]);
        var joined = new StringBuilder();
        foreach (var value in values)
            joined.Append(Marked(value)).Append('\x1f');
        return joined.ToString(0, Math.Max(0, joined.Length - 1));
    }

    /// <summary>Parts them again.</summary>
    public static string[] Split(string key) =>
        [.. key.Split('\x1f').Select(value => value.Replace("\x1e2", "\x1f", StringComparison.Ordinal).Replace("\x1e1", "\x1e", StringComparison.Ordinal))];

    private static string Marked(string value)
    {
        if (value.Length > MostChars)
            value = $"{value.AsSpan(0, MostChars)}…{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, 16))}";
        return value.AsSpan().ContainsAny('\x1e', '\x1f')
            ? value.Replace("\x1e", "\x1e1", StringComparison.Ordinal).Replace("\x1f", "\x1e2", StringComparison.Ordinal)
            : value;
    }
}
