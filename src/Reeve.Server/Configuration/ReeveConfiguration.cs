using System.Net;
using Reeve.Server.Sources.Demo;

namespace Reeve.Server.Configuration;

/// <summary>
/// Everything <c>reeve.yaml</c>, the environment and the command line say, checked. Immutable: a change is a new instance
/// that takes the place of the whole. Paths are absolute; the meaning of each value stands in <see cref="ConfigurationKeys"/>.
/// </summary>
public sealed record ReeveConfiguration
{
    /// <summary>The folder of journal, store and state.</summary>
    public required string Data { get; init; }

    /// <summary>The folder of secret keys, outside <see cref="Data"/> so that a copy of the data says no secrets.</summary>
    public required string Keys { get; init; }

    /// <summary>Where pages and API answer.</summary>
    public ListenConfiguration Listen { get; init; } = new();

    /// <summary>What is read; names are unique.</summary>
    public IReadOnlyList<SourceConfiguration> Sources { get; init; } = [];

    /// <summary>Whether <c>reeve.yaml</c> says what is read, be it nothing; where it does not, a server may choose.</summary>
    public bool NamesSources { get; init; }

    /// <summary>The clusters events are mapped to, the first match wins; names are unique.</summary>
    public IReadOnlyList<ClusterConfiguration> Clusters { get; init; } = [];

    /// <summary>Where events are stored.</summary>
    public StoreConfiguration Store { get; init; } = new();

    /// <summary>How much is taken.</summary>
    public LimitsConfiguration Limits { get; init; } = new();

    /// <summary>What is a secret besides what Reeve knows.</summary>
    public ScrubConfiguration Scrub { get; init; } = new();

    /// <summary>What is looked for in the events.</summary>
    public RulesConfiguration Rules { get; init; } = new();

    /// <summary>How people sign in.</summary>
    public AuthConfiguration Auth { get; init; } = new();

    /// <summary>Whether this server shows samples and nothing else.</summary>
    public bool IsDemo => Sources.Any(source => source.Type == DemoSourceOptions.Type);

    /// <summary>A server that shows the samples in <paramref name="samples"/>, on loopback only.</summary>
    public static ReeveConfiguration ForDemo(string folder, string samples, ListenAddress listen) => ForData(folder) with
    {
        Listen = new() { Http = listen },
        Sources = [new() { Type = DemoSourceOptions.Type, Name = DemoSourceOptions.Type, Cluster = DemoSourceOptions.Type, Path = samples }],
    };

    /// <summary>The configuration of a server that is told nothing but where its data is.</summary>
    public static ReeveConfiguration ForData(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return new ReeveConfiguration { Data = full, Keys = KeysBeside(full) };
    }

    internal static string KeysBeside(string data) => data + "-keys";
}

/// <summary>What is a secret besides what Reeve knows.</summary>
public sealed record ScrubConfiguration
{
    /// <summary>Paths of the event's JSON, dots between the names, whose values become fingerprints.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];
}

/// <summary>Where pages and API answer.</summary>
public sealed record ListenConfiguration
{
    /// <summary>The listener of pages and API.</summary>
    public ListenAddress Http { get; init; } = new(IPAddress.Loopback, 8080);

    /// <summary>The certificate, with which <see cref="Http"/> speaks HTTPS; null for plain HTTP.</summary>
    public TlsConfiguration? Tls { get; init; }

    /// <summary>Names by which browsers may address the server, besides <c>localhost</c> and the address itself on loopback. Empty: any beyond loopback.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
}

/// <summary>A server certificate in PEM files.</summary>
/// <param name="Certificate">The certificate and its chain.</param>
/// <param name="Key">Its private key, not encrypted.</param>
public sealed record TlsConfiguration(string Certificate, string Key);

/// <summary>How senders of records come to a listener by TLS.</summary>
/// <param name="Certificate">A PEM file: the certificate and its chain.</param>
/// <param name="Key">A PEM file: its private key, not encrypted.</param>
/// <param name="ClientAuthority">A PEM file: the authorities that must have signed a sender's certificate; null asks for none.</param>
public sealed record SenderTls(string Certificate, string Key, string? ClientAuthority = null);

/// <summary>One source of records.</summary>
public sealed record SourceConfiguration
{
    /// <summary>What a server reads that is told nothing: syslog from this machine.</summary>
    public static SourceConfiguration Default { get; } =
        new() { Type = "syslog", Name = "syslog", Listen = new(IPAddress.Loopback, 1514) };

    /// <summary>The name of the kind of source, such as <c>file</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The name in pages, metrics and the column <c>source</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The file or folder it reads.</summary>
    public string? Path { get; init; }

    /// <summary>Where it waits for senders; null where it does not listen on an address of its own.</summary>
    public ListenAddress? Listen { get; init; }

    /// <summary>Networks that may send to <see cref="Listen"/>; empty: everybody who can reach it.</summary>
    public IReadOnlyList<IPNetwork> Trust { get; init; } = [];

    /// <summary>The certificate, with which <see cref="Listen"/> speaks TLS; null for plain TCP.</summary>
    public SenderTls? Tls { get; init; }

    /// <summary>The cluster of all its events; null leaves it to <see cref="ReeveConfiguration.Clusters"/>.</summary>
    public string? Cluster { get; init; }

    /// <summary>The apiserver or node its events were reported by; null where the records say it.</summary>
    public string? Host { get; init; }
}

/// <summary>A Kubernetes cluster and by what its events are recognised.</summary>
public sealed record ClusterConfiguration
{
    /// <summary>The name in pages and in the column <c>cluster</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the way of a record must look like.</summary>
    public ClusterMatch Match { get; init; } = new();

    /// <summary>Networks whose addresses are proxies in front of the apiserver, never the client.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];
}

/// <summary>A cluster matches when each list that is not empty has one value that fits.</summary>
public sealed record ClusterMatch
{
    /// <summary>Networks the sender's address is in.</summary>
    public IReadOnlyList<IPNetwork> Peer { get; init; } = [];

    /// <summary>Names in the sender's certificate; <c>*</c> stands for any characters.</summary>
    public IReadOnlyList<string> San { get; init; } = [];

    /// <summary>Names of the reporting host; <c>*</c> stands for any characters.</summary>
    public IReadOnlyList<string> Host { get; init; } = [];

    /// <summary>Syslog tags; <c>*</c> stands for any characters.</summary>
    public IReadOnlyList<string> Tag { get; init; } = [];

    /// <summary>Paths of log files; <c>*</c> stands for any characters, <c>/</c> included.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];
}

/// <summary>Where events are stored: embedded unless <see cref="Url"/> is set.</summary>
public sealed record StoreConfiguration
{
    /// <summary>The HTTP endpoint of a ClickHouse server; null for the embedded store.</summary>
    public Uri? Url { get; init; }

    /// <summary>The database of that server.</summary>
    public string Database { get; init; } = "reeve";

    /// <summary>The user of that server.</summary>
    public string User { get; init; } = "default";

    /// <summary>The password of that user.</summary>
    public Secret Password { get; init; }

    /// <summary>The ClickHouse cluster to create the tables on; null for one server alone.</summary>
    public string? Cluster { get; init; }

    /// <summary>The most memory of the embedded store in bytes; null lets it take half of the machine.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>The file of the embedded store's library; null where <c>./reeve</c> put it.</summary>
    public string? Library { get; init; }
}

/// <summary>How much is taken.</summary>
public sealed record LimitsConfiguration
{
    /// <summary>The largest event in bytes that is kept whole; of a larger one the beginning is kept.</summary>
    public long Event { get; init; } = 16L << 20;

    /// <summary>How old an event may be to be filed under its own day.</summary>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromDays(400);

    /// <summary>The most bytes of disk for events that are not stored yet; when it is full, sources wait.</summary>
    public long Journal { get; init; } = 4L << 30;
}

/// <summary>What is looked for in the events.</summary>
public sealed record RulesConfiguration
{
    /// <summary>Files and folders with Sigma and Falco rules.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Files with the lists that rules name as placeholders.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>Whether the rules that come with Reeve run, too.</summary>
    public bool Shipped { get; init; } = true;
}

/// <summary>How people sign in.</summary>
public sealed record AuthConfiguration
{
    /// <summary>A session ends when it was not used for this long.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A session ends this long after sign-in.</summary>
    public TimeSpan SessionTotal { get; init; } = TimeSpan.FromDays(7);
}
