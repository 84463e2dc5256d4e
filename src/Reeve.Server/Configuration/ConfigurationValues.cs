using System.Globalization;
using System.Net;

namespace Reeve.Server.Configuration;

/// <summary>Reads single values. Every failure says what was expected, with an example, and what was found.</summary>
internal static class ConfigurationValues
{
    private const int MaxShown = 60;

    /// <summary>Reads <paramref name="text"/> as <paramref name="key"/> wants it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="text">The written value.</param>
    /// <param name="folder">What a relative path is relative to.</param>
    /// <param name="error">What is wrong, without the place.</param>
    /// <returns>The value, or null when there is an error.</returns>
    public static object? Parse(ConfigurationKey key, string text, string folder, out string? error)
    {
        var value = Parse(key.Type, text, folder);
        error = (value, key.Choices) switch
        {
            (null, _) => Expected(key, text),
            (string chosen, { } choices) when !choices.Contains(chosen, StringComparer.Ordinal) =>
                $"'{key.Name}' is one of {string.Join(", ", choices)}; found '{Shown(text)}'",
            (long bytes, _) when TryParseSize(key.Least, out var least) && bytes < least => $"'{key.Name}' is at least {key.Least}; found '{Shown(text)}'",
            _ => null,
        };
        return error is null ? value : null;
    }

    private static object? Parse(KeyType type, string text, string folder) => type switch
    {
        KeyType.Text or KeyType.Texts => text.Length > 0 ? text : null,
        KeyType.Path or KeyType.Paths => text.Length > 0 && !text.Contains('\0') ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(text, folder)) : null,
        KeyType.Listen => ListenAddress.TryParse(text, out var listen) ? listen : null,
        KeyType.Url => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null,
        KeyType.Size => TryParseSize(text, out var bytes) ? bytes : null,
        KeyType.Duration => Duration.TryParse(text, out var span) ? span : null,
        KeyType.Networks => TryParseNetwork(text, out var network) ? network : null,
        _ => null,
    };

    private static string Expected(ConfigurationKey key, string text)
    {
        var expected = key.Type switch
        {
            KeyType.Path or KeyType.Paths => "is a path such as ./reeve-data",
            KeyType.Listen => "is an address and a port such as 127.0.0.1:8080 or [::1]:8080",
            KeyType.Url => "is a URL such as https://clickhouse.example:8443",
            KeyType.Size => "is a size such as 512KiB, 16MiB or 4GiB",
            KeyType.Duration => "is a duration such as 30s, 15m, 12h or 400d",
            KeyType.Networks => "is a network such as 10.0.0.0/8 or an address",
            KeyType.Block => "is a block of keys",
            KeyType.Blocks => "is a list of blocks",
            _ => "is a text",
        };
        return text.Length == 0 ? $"'{key.Name}' {expected}; found nothing" : $"'{key.Name}' {expected}; found '{Shown(text)}'";
    }

    private static string Shown(string text) => text.Length > MaxShown ? text[..MaxShown] + "…" : text;

    private static bool TryParseSize(string text, out long bytes)
    {
        bytes = 0;
        var (number, unit) = Split(text);
        var factor = unit switch
        {
            "" or "B" => 1L,
            "KiB" => 1L << 10,
            "MiB" => 1L << 20,
            "GiB" => 1L << 30,
            "TiB" => 1L << 40,
            "kB" or "KB" => 1_000L,
            "MB" => 1_000_000L,
            "GB" => 1_000_000_000L,
            "TB" => 1_000_000_000_000L,
            _ => 0L,
        };
        if (factor == 0 || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0 || count > long.MaxValue / factor)
            return false;
        bytes = count * factor;
        return true;
    }

    /// <summary>Reads a network such as <c>10.0.0.0/8</c>, or one address.</summary>
    public static bool TryParseNetwork(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network))
            return true;
        if (!IPAddress.TryParse(text, out var address))
            return false;
        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }

    private static (string Number, string Unit) Split(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
        return (text[..digits], text[digits..].TrimStart(' '));
    }
}
