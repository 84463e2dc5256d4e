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

    /// <summary>What is stamped on the records that a source reads from a file.</summary>
    /// <param name="source">The source; a cluster named there goes before every match.</param>
    /// <param name="path">The file.</param>
    public SourceIdentity Identify(SourceConfiguration source, string path)
    {
        var cluster = source.Cluster is { } named
            ? _clusters.FirstOrDefault(known => known.Cluster.Name == named)
            : _clusters.FirstOrDefault(known => Matches(known.Cluster.Match, path, source.Host ?? ""));
        return new(
            source.Name,
            source.Type,
            source.Cluster ?? cluster.Cluster?.Name ?? Unmapped,
            source.Host ?? "",
            cluster.Proxies ?? TrustedProxies.None);
    }

    // A file has no peer, certificate or tag: a cluster that asks for one is not meant for files.
    private static bool Matches(ClusterMatch match, string path, string host) =>
        match is { Peer.Count: 0, San.Count: 0, Tag.Count: 0 }
        && (match.Path.Count > 0 || match.Host.Count > 0)
        && MatchesAny(match.Path, path)
        && MatchesAny(match.Host, host);

    private static bool MatchesAny(IReadOnlyList<string> patterns, string text) =>
        patterns.Count == 0 || patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false));
}
