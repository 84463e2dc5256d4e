using System.IO.Enumeration;
using Reeve.Audit;
using Reeve.Server.Configuration;

namespace Reeve.Server.Sources;

/// <summary>Says which cluster a record belongs to. Immutable.</summary>
/// <param name="clusters">The clusters of the configuration; the first that matches wins.</param>
internal sealed class ClusterMap(IReadOnlyList<ClusterConfiguration> clusters)
{
    /// <summary>The cluster of what no other matches.</summary>
    public const string Unmapped = "default";

    // Made once: two identities with the same proxies must be equal.
    private readonly IReadOnlyList<(ClusterConfiguration Cluster, TrustedProxies Proxies)> _clusters =
        clusters.Select(cluster => (cluster, new TrustedProxies(cluster.TrustedProxies))).ToList();

    /// <summary>What is stamped on the records that a sender delivers through a source.</summary>
    /// <param name="source">The source; a cluster named there goes before every match, a host before the sender's.</param>
    /// <param name="sender">Who delivers.</param>
    public SourceIdentity Identify(SourceConfiguration source, Sender sender)
    {
        var host = source.Host ?? sender.Host;
        var cluster = source.Cluster is { } named
            ? _clusters.FirstOrDefault(known => known.Cluster.Name == named)
            : _clusters.FirstOrDefault(known => Matches(known.Cluster.Match, sender, host));
        return new(source.Name, source.Type, source.Cluster ?? cluster.Cluster?.Name ?? Unmapped, host, cluster.Proxies ?? TrustedProxies.None)
        {
            // Thousands of files of one host are one sender.
            Sender = sender with { Path = "" },
            IsMapped = source.Cluster is not null || cluster.Cluster is not null,
        };
    }

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
