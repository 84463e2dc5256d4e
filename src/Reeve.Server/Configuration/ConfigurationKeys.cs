namespace Reeve.Server.Configuration;

/// <summary>What a value of the configuration looks like.</summary>
internal enum KeyType
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A file or folder; relative to the file it stands in, or to the working folder in the environment.</summary>
    Path,

    /// <summary>An address to listen on, see <see cref="ListenAddress"/>.</summary>
    Listen,

    /// <summary>An absolute http or https URL.</summary>
    Url,

    /// <summary>A number of bytes, such as <c>16MiB</c>.</summary>
    Size,

    /// <summary>A time span, such as <c>400d</c>.</summary>
    Duration,

    /// <summary>Several texts, or one.</summary>
    Texts,

    /// <summary>Several paths, or one.</summary>
    Paths,

    /// <summary>Several networks, such as <c>10.0.0.0/8</c>, or one.</summary>
    Networks,

    /// <summary>Several blocks, each with the keys below this one.</summary>
    Blocks,

    /// <summary>One block with the keys below this one.</summary>
    Block,
}

/// <summary>One key.</summary>
/// <param name="Path">Its way from the root, dots between; a key of each block of a list stands behind <c>[]</c>.</param>
/// <param name="Type">What its value looks like.</param>
/// <param name="Description">What it means, one sentence.</param>
/// <param name="Default">The value where it is left out; empty for none.</param>
/// <param name="Choices">The only values allowed; empty for any.</param>
/// <param name="Required">Whether a block without it is wrong.</param>
/// <param name="Least">The smallest size allowed; empty for any.</param>
internal sealed record ConfigurationKey(
    string Path, KeyType Type, string Description, string Default = "", string[]? Choices = null, bool Required = false, string Least = "")
{
    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>The path of the block it stands in; empty for the root.</summary>
    public string Parent => Path.LastIndexOf('.') is >= 0 and var dot ? Path[..dot] : "";

    /// <summary>The path its own keys begin with.</summary>
    public string Inside => Type == KeyType.Blocks ? Path + "[]" : Path;

    /// <summary>The environment variable that overrides it; null for blocks and for what stands inside lists.</summary>
    public string? Variable => Type is KeyType.Block or KeyType.Blocks || Path.Contains('[')
        ? null
        : "REEVE_" + Path.Replace('.', '_').ToUpperInvariant();
}

/// <summary>Every key of <c>reeve.yaml</c>. Reading, checking, environment and JSON schema come from this table.</summary>
internal static class ConfigurationKeys
{
    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        new("data", KeyType.Path, "The folder of journal, store and state.", "./reeve-data"),
        new("keys", KeyType.Path, "The folder of secret keys, outside the data folder. Left out: the data folder's path with '-keys' behind it."),

        new("listen", KeyType.Block, "Where pages and API answer."),
        new("listen.http", KeyType.Listen, "The address of pages and API. Other machines can reach it only with listen.tls.", "127.0.0.1:8080"),
        new("listen.tls", KeyType.Block, "The certificate, with which listen.http speaks HTTPS."),
        new("listen.tls.certificate", KeyType.Path, "A PEM file: the certificate and its chain.", Required: true),
        new("listen.tls.key", KeyType.Path, "A PEM file: the private key, not encrypted.", Required: true),
        new("listen.hosts", KeyType.Texts, "Names by which browsers may address the server. On loopback these besides localhost; elsewhere any name unless set."),

        new("sources", KeyType.Blocks, "What is read."),
        new("sources[].type", KeyType.Text, "The kind of source.", Choices: ["file", "syslog", "relp", "webhook"], Required: true),
        new("sources[].name", KeyType.Text, "The name in pages and metrics. Left out: the type and its number."),
        new("sources[].path", KeyType.Path, "The file or folder to read and follow; of type file."),
        new("sources[].listen", KeyType.Listen, "Where a listener waits for senders; of type syslog, usually port 1514 or, with TLS, 6514; of type relp, 2514."),
        new("sources[].trust", KeyType.Networks, "Networks that may send. Plain TCP proves nobody's identity, so a listener that other machines can reach needs it, or tls.clientCa."),
        new("sources[].tls", KeyType.Block, "The certificate, with which a listener takes TLS only."),
        new("sources[].tls.certificate", KeyType.Path, "A PEM file: the certificate and its chain.", Required: true),
        new("sources[].tls.key", KeyType.Path, "A PEM file: the private key, not encrypted.", Required: true),
        new("sources[].tls.clientCa", KeyType.Path, "A PEM file: the authorities, one of which must have signed the certificate of each sender. Left out: senders need none."),
        new("sources[].cluster", KeyType.Text, "The cluster of all its events. Left out: the first of clusters that matches."),
        new("sources[].host", KeyType.Text, "The apiserver or node its events come from."),

        new("clusters", KeyType.Blocks, "Kubernetes clusters and by what their events are recognised; the first match wins."),
        new("clusters[].name", KeyType.Text, "The name in pages and in the field cluster.", Required: true),
        new("clusters[].match", KeyType.Block, "Every list that is set must hold one value that fits."),
        new("clusters[].match.peer", KeyType.Networks, "Networks the sender's address is in."),
        new("clusters[].match.san", KeyType.Texts, "Names in the sender's certificate; * stands for any characters."),
        new("clusters[].match.host", KeyType.Texts, "Names of the reporting host; * stands for any characters."),
        new("clusters[].match.tag", KeyType.Texts, "Syslog tags; * stands for any characters."),
        new("clusters[].match.path", KeyType.Texts, "Paths of log files; * stands for any characters, / included."),
        new("clusters[].trustedProxies", KeyType.Networks, "Networks of proxies in front of the apiserver, whose addresses are never the client's."),

        new("store", KeyType.Block, "Where events are stored: embedded unless store.url is set."),
        new("store.url", KeyType.Url, "The HTTP endpoint of a ClickHouse server."),
        new("store.database", KeyType.Text, "The database on that server.", "reeve"),
        new("store.user", KeyType.Text, "The user on that server.", "default"),
        new("store.password", KeyType.Text, "The password of that user; better given as REEVE_STORE_PASSWORD."),
        new("store.cluster", KeyType.Text, "The ClickHouse cluster to create the tables on. Left out: one server alone."),
        new("store.maxMemory", KeyType.Size, "The most memory of the embedded store."),
        new("store.library", KeyType.Path, "The file of the embedded store's library. Left out: where ./reeve put it."),

        new("limits", KeyType.Block, "How much is taken."),
        new("limits.event", KeyType.Size, "The largest event kept whole; of a larger one the first 256 KiB are kept and marked.", "16MiB"),
        new("limits.horizon", KeyType.Duration, "How old an event may be to be filed under its own day rather than the day it came.", "400d"),
        new("limits.journal", KeyType.Size, "The most disk for events that are not in the store yet; when it is full, sources wait. At least 256MiB.", "4GiB", Least: "256MiB"),

        new("scrub", KeyType.Block, "What is a secret besides what Reeve knows."),
        new("scrub.paths", KeyType.Texts, "Paths of the event's JSON whose values become fingerprints, such as requestObject.spec.license; through arrays."),

        new("rules", KeyType.Block, "What is looked for in the events."),
        new("rules.paths", KeyType.Paths, "Files and folders with Sigma and Falco rules; they are read again when they change."),
        new("rules.lists", KeyType.Paths, "Files with the lists that rules name as placeholders, such as %admins%; read again when they change."),
        new("rules.shipped", KeyType.Text, "Whether the rules that come with Reeve run, too.", "on", Choices: ["on", "off"]),

        new("auth", KeyType.Block, "How people sign in."),
        new("auth.sessionIdle", KeyType.Duration, "A session ends when it was not used for this long.", "12h"),
        new("auth.sessionTotal", KeyType.Duration, "A session ends this long after sign-in.", "7d"),
    ];

    /// <summary>The keys of one block, given by <see cref="ConfigurationKey.Inside"/>; empty for the root.</summary>
    public static IEnumerable<ConfigurationKey> Of(string parent) => All.Where(key => key.Parent == parent);
}
