using Reeve.Server.Api;
using Reeve.Server.Sources;

namespace Reeve.Setup;

/// <summary>What a Reeve says of its sources and of who delivers.</summary>
/// <param name="Sources">As <c>/api/v1/sources</c> lists them.</param>
/// <param name="Senders">As <c>/api/v1/senders</c> lists them.</param>
internal sealed record ServerView(IReadOnlyList<SourceStatus> Sources, IReadOnlyList<SenderJson> Senders)
{
    /// <summary>The events of a cluster that came so far.</summary>
    public long EventsOf(string cluster) => Senders.Where(sender => sender.Cluster == cluster).Sum(sender => sender.EventsInAll);
}
