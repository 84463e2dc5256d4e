using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Reeve.Detection.Correlation;

/// <summary>
/// Values as one text, equal only for equal values. A value may hold anything, so its own separators are marked; and be as long as an
/// event, so of long ones their beginning and a hash stand for them.
/// </summary>
internal static class GroupKey
{
    /// <summary>What stands between values, as a byte of UTF-8.</summary>
    public const byte Separator = 0x1f;

    private const int MostChars = 1024;

    /// <summary>Joins values.</summary>
    public static string Join(params ReadOnlySpan<string> values)
    {
        if (values.Length == 1)
            return Marked(values[0]);
        if (values.Length == 2 && IsPlain(values[0]) && IsPlain(values[1]))
            return string.Concat(values[0], "\x1f", values[1]);
        var joined = new StringBuilder();
        foreach (var value in values)
            joined.Append(Marked(value)).Append('\x1f');
        return joined.ToString(0, Math.Max(0, joined.Length - 1));
    }

    /// <summary>Adds a value as it stands in the joined text, both as UTF-8.</summary>
    public static void Append(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> joined)
    {
        if (value.Length > MostChars || value.IndexOfAny((byte)0x1e, Separator) >= 0)
            joined.Write(Encoding.UTF8.GetBytes(Marked(Encoding.UTF8.GetString(value))));
        else
            joined.Write(value);
    }

    /// <summary>Parts them again.</summary>
    public static string[] Split(string key) =>
        [.. key.Split('\x1f').Select(value => value.Replace("\x1e2", "\x1f", StringComparison.Ordinal).Replace("\x1e1", "\x1e", StringComparison.Ordinal))];

    private static bool IsPlain(string value) => value.Length <= MostChars && !value.AsSpan().ContainsAny('\x1e', '\x1f');

    private static string Marked(string value)
    {
        if (value.Length > MostChars)
            value = $"{value.AsSpan(0, MostChars)}…{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, 16))}";
        return value.AsSpan().ContainsAny('\x1e', '\x1f')
            ? value.Replace("\x1e", "\x1e1", StringComparison.Ordinal).Replace("\x1f", "\x1e2", StringComparison.Ordinal)
            : value;
    }
}
