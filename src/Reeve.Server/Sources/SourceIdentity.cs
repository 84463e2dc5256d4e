using Reeve.Audit;

namespace Reeve.Server.Sources;

/// <summary>What a source stamps on its events.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="Kind">The source's type: file, syslog, webhook, ...</param>
/// <param name="Cluster">The cluster its events belong to.</param>
/// <param name="Host">Which apiserver or node reports through it; empty where unknown.</param>
/// <param name="TrustedProxies">Addresses that are proxies of the cluster, never clients.</param>
public sealed record SourceIdentity(string Name, string Kind, string Cluster, string Host, TrustedProxies TrustedProxies)
{
    /// <summary>Who delivered the records.</summary>
    public Sender Sender { get; init; } = Sender.Unknown;

    /// <summary>Whether somebody said which cluster these events belong to; false where nothing matched.</summary>
    public bool IsMapped { get; init; }

    /// <summary>Whether people decide the cluster on the pages; false where configuration or address name it.</summary>
    public bool IsAssignable { get; init; }
}
