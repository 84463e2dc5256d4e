using System.Collections.Frozen;
using System.Globalization;

namespace Reeve.Server.Configuration;

/// <summary>Makes the record of one source and checks that its keys fit its type.</summary>
internal static class SourceBinder
{
    // What a type cannot do without: the key and what it is for.
    private static readonly FrozenDictionary<string, (string Key, string Purpose)> Needed =
        new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            ["file"] = ("path", "a source of type file reads a file or folder"),
            ["syslog"] = ("listen", "a source of type syslog waits at an address such as 127.0.0.1:1514"),
            ["relp"] = ("listen", "a source of type relp waits at an address such as 127.0.0.1:2514"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    // What each type reads of the keys that not all sources have.
    private static readonly FrozenDictionary<string, string[]> Taken = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["file"] = ["path", "cluster", "host"],
        ["syslog"] = ["listen", "trust", "tls", "cluster", "host"],
        ["relp"] = ["listen", "trust", "tls", "cluster", "host"],
        ["webhook"] = [],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static SourceConfiguration Bind(ConfigurationBlock block, int index, List<ConfigurationError> errors)
    {
        var type = block.Text("type") ?? "";
        if (Needed.TryGetValue(type, out var needed) && !block.Has(needed.Key))
            errors.Add(block.Place.Error($"'{needed.Key}' is missing: {needed.Purpose}"));
        CheckTaken(type, block, errors);
        var trust = block.Networks("trust");
        var tls = block.Block("tls") is { } inner ? Tls(inner, errors) : null;
        if (block.Listen("listen") is { IsLoopback: false } open && trust.Count == 0 && tls?.ClientAuthority is null)
        {
            errors.Add(block.PlaceOf("listen").Error(
                $"{open} can be reached from other machines, and {(tls is null ? "plain TCP" : "TLS without 'clientCa'")} does not say who sends: name the networks that may in 'trust', such as 10.0.0.0/8"));
        }

        return new SourceConfiguration
        {
            Type = type,
            Name = block.Text("name") ?? string.Create(CultureInfo.InvariantCulture, $"{type}-{index + 1}"),
            Path = block.Text("path"),
            Listen = block.Listen("listen"),
            Trust = trust,
            Tls = tls,
            Cluster = block.Text("cluster"),
            Host = block.Text("host"),
        };
    }

    private static SenderTls? Tls(ConfigurationBlock block, List<ConfigurationError> errors)
    {
        foreach (var name in (string[])["certificate", "key", "clientCa"])
        {
            if (block.Text(name) is { } file && !File.Exists(file))
                errors.Add(block.PlaceOf(name).Error($"there is no file {file}"));
        }

        // What is missing was told where the block was read.
        return block.Text("certificate") is { } certificate && block.Text("key") is { } key ? new(certificate, key, block.Text("clientCa")) : null;
    }

    // A key that does nothing would be believed, above all 'trust'.
    private static void CheckTaken(string type, ConfigurationBlock block, List<ConfigurationError> errors)
    {
        if (!Taken.TryGetValue(type, out var taken))
            return;
        var reason = type == "webhook"
            ? ": it answers where the pages do, a token says who may send, and each request's address says its cluster and host"
            : "";
        foreach (var key in ((string[])["path", "listen", "trust", "tls", "cluster", "host"]).Except(taken).Where(block.Has))
            errors.Add(block.PlaceOf(key).Error($"a source of type {type} has no '{key}'{reason}"));
    }
}
