using System.IO.Enumeration;
using Reeve.Audit;
using Reeve.Server.Configuration;
using Reeve.Server.Sources.Clusters;

namespace Reeve.Server.Sources;

/// <summary>
/// Says which cluster a record belongs to: what <c>reeve.yaml</c> says goes first, then what people assigned on the
/// pages, then it is <see cref="Unmapped"/>. Thread-safe.
/// </summary>
/// <param name="clusters">The clusters of the configuration; the first that matches wins.</param>
/// <param name="assignments">What people assigned; null for nothing.</param>
internal sealed class ClusterMap(IReadOnlyList<ClusterConfiguration> clusters, ClusterAssignments? assignments = null)
{
    /// <summary>The cluster of what no other matches.</summary>
    public const string Unmapped = "default";

    // Made once: two identities with the same proxies must be equal.
    private readonly Dictionary<string, TrustedProxies> _proxies =
        clusters.ToDictionary(cluster => cluster.Name, cluster => new TrustedProxies(cluster.TrustedProxies), StringComparer.Ordinal);

    /// <summary>
    /// Changes whenever <see cref="Identify"/> may answer otherwise than before. Who keeps its answers reads this first
    /// and asks again when it has changed.
    /// </summary>
    public long Version => assignments?.Version ?? 0;

    /// <summary>What is stamped on the records that a sender delivers through a source.</summary>
    /// <param name="source">The source; a cluster named there goes before every match, a host before the sender's.</param>
    /// <param name="sender">Who delivers.</param>
    public SourceIdentity Identify(SourceConfiguration source, Sender sender)
    {
        // An IPv4 client of a listener for both is written ::ffff:a.b.c.d (RFC 4291 §2.5.5.2); people write a.b.c.d.
        if (sender.Peer is { IsIPv4MappedToIPv6: true } mapped)
            sender = sender with { Peer = mapped.MapToIPv4() };
        var host = source.Host ?? sender.Host;
        var configured = source.Cluster ?? clusters.FirstOrDefault(cluster => Matches(cluster.Match, sender, host))?.Name;
        // Thousands of files of one host are one sender.
        var known = sender with { Path = "" };
        if (configured is not null)
            return new(source.Name, source.Type, configured, host, ProxiesOf(configured)) { Sender = known, IsMapped = true };
        var assigned = assignments?.Table.Find(source.Name, host, known);
        var name = assigned ?? Unmapped;
        return new(source.Name, source.Type, name, host, ProxiesOf(name)) { Sender = known, IsMapped = assigned is not null, IsAssignable = true };
    }

    private TrustedProxies ProxiesOf(string cluster) => _proxies.GetValueOrDefault(cluster) ?? TrustedProxies.None;

    // A list that asks for what the sender does not have, as a file has no peer, does not match.
    private static bool Matches(ClusterMatch match, Sender sender, string host) =>
        match is not { Peer.Count: 0, San.Count: 0, Host.Count: 0, Tag.Count: 0, Path.Count: 0 }
        && (match.Peer.Count == 0 || (sender.Peer is { } peer && match.Peer.Any(network => network.Contains(peer))))
        && MatchesAny(match.San, sender.San)
        && MatchesAny(match.Host, host)
        && MatchesAny(match.Tag, sender.Tag)
        && MatchesAny(match.Path, sender.Path);

    private static bool MatchesAny(IReadOnlyList<string> patterns, string text) =>
        patterns.Count == 0 || patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false));
}
