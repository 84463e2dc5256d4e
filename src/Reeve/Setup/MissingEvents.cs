using System.Net;
using Reeve.Server.Setup;
using Reeve.Server.Sources;

namespace Reeve.Setup;

/// <summary>Why no event of a cluster comes: what is most likely first.</summary>
internal static class MissingEvents
{
    /// <summary>The reasons, a line each; at least one.</summary>
    /// <param name="way">The way; null where a cloud has its own.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="server">What Reeve says.</param>
    /// <param name="before">What was seen on this machine at the beginning.</param>
    /// <param name="now">What is seen there now.</param>
    public static IReadOnlyList<string> Why(SetupWay? way, AuditChain chain, ServerView server, NodeView before, NodeView now)
    {
        List<string> reasons =
        [
            .. way?.Needs is WayNeeds.Syslog or WayNeeds.Relp ? Listener(chain, server, now) : [],
            .. way?.Name == "file" ? Reader(chain, server) : [],
            .. Troubles(way, chain, server),
            .. Elsewhere(chain, server),
            .. Apiserver(chain, before, now),
        ];
        if (reasons.Count == 0)
            reasons.Add(way?.Name is "file" or "webhook" or null ? "nothing is wrong that can be seen from here: make a request, such as kubectl get nodes, and look at the page Sources" : $"nothing is wrong that can be seen from here: does {way.Name} run with the new configuration, and what does its log say?");
        return reasons;
    }

    private static IEnumerable<string> Listener(AuditChain chain, ServerView server, NodeView now)
    {
        var listeners = server.Sources.Where(source => source.Kind == chain.SyslogType).ToList();
        if (listeners.Count == 0)
            yield return $"Reeve has no source for {chain.SyslogType}: put the lines above into its reeve.yaml and restart it";
        foreach (var failed in listeners.Where(source => source.State == SourceState.Failed))
            yield return $"Reeve's source {failed.Name} does not listen: {failed.Message}";
        if (listeners.Count > 0 && !IsLoopback(chain.SyslogHost) && listeners.All(source => IPEndPoint.TryParse(source.Listen ?? "", out var address) && IPAddress.IsLoopback(address.Address)))
            yield return $"Reeve takes {chain.SyslogType} from its own machine only: set listen and trust of the source {listeners[0].Name} in reeve.yaml, as above, and restart it";
        if (now.SyslogProblem is { } problem)
            yield return problem;
    }

    private static IEnumerable<string> Reader(AuditChain chain, ServerView server)
    {
        var readers = server.Sources.Where(source => source.Kind == "file").ToList();
        if (readers.Count == 0)
            yield return "Reeve reads no files: put the lines above into its reeve.yaml and restart it";
        foreach (var failed in readers.Where(source => source.State == SourceState.Failed))
            yield return $"Reeve's source {failed.Name} cannot read: {failed.Message}";
        if (readers.Count > 0 && readers.TrueForAll(source => source.Cluster != chain.Cluster))
            yield return $"none of the files that Reeve reads is of the cluster {chain.Cluster}: put the lines above into its reeve.yaml and restart it";
    }

    // Not trusted, cut, TLS where none is spoken, a wrong token: the sender's row says so itself.
    private static IEnumerable<string> Troubles(SetupWay? way, AuditChain chain, ServerView server)
    {
        var kind = way?.Needs is WayNeeds.Syslog or WayNeeds.Relp ? chain.SyslogType : way?.Name == "file" ? "file" : "webhook";
        return server.Senders.Where(sender => sender.Kind == kind)
            .SelectMany(sender => sender.Troubles.Select(trouble => (Sender: sender, Trouble: trouble)))
            .OrderByDescending(row => row.Trouble.Last)
            .Select(row => $"{row.Sender.Peer ?? row.Sender.Host}: {row.Trouble.Message} {row.Trouble.Advice}");
    }

    private static IEnumerable<string> Elsewhere(AuditChain chain, ServerView server) => server.Senders
        .Where(sender => sender.Cluster != chain.Cluster && (sender.Tag == chain.Tag || (chain.Host is not null && sender.Host == chain.Host)) && sender.EventsInAll > 0)
        .Select(sender => $"events of host {sender.Host} come, but under the cluster {sender.Cluster}: assign them to {chain.Cluster} on the page Sources, or put the lines for clusters above into reeve.yaml");

    private static IEnumerable<string> Apiserver(AuditChain chain, NodeView before, NodeView now)
    {
        if (now.IsRunning == false)
            yield return "kube-apiserver does not run on this machine: crictl ps -a and its container's log say why, and the manifest as it was is the way back";
        if (now.MissingFlags.Count > 0)
            yield return $"the running kube-apiserver was not started again with the new flags, {now.MissingFlags[0]} among them: kubelet does so within a minute, and its log says why where it does not";
        if (!now.IsLogLooked)
            yield break;
        if (now.LogLength is null)
            yield return $"there is no {chain.LogFile}: kube-apiserver has not written any event yet";
        else if (now.LogLength == before.LogLength)
            yield return $"{chain.LogFile} does not grow: does the policy record anything, and is it this node's apiserver that is asked?";
    }

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
