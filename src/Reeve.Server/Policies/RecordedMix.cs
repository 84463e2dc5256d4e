using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Traffic;
using Reeve.Detection.Policy.Writing;

namespace Reeve.Server.Policies;

/// <summary>Traffic from which a policy is told: without the many paths and resources that only scanners ask for.</summary>
internal static class RecordedMix
{
    private const int MostPaths = 100;
    private const int MostResources = 200;

    private const string Head = "What is recorded now, told from stored events: of each kind of request the most that was seen of it.\n"
        + "What nobody did in that time is not in it, and would not be recorded.\n";

    /// <summary>The traffic with the paths and resources that were asked for most.</summary>
    public static RecordedTraffic Of(RecordedTraffic traffic)
    {
        var paths = Most(traffic.Rows.Where(row => row.Request is { IsResource: false, Path.Length: > 0 }), MostPaths);
        var resources = Most(traffic.Rows.Where(row => row.Request.IsResource && !IsOfKubernetes(row.Request)), MostResources);
        return traffic with { Rows = [.. traffic.Rows.Where(row => IsOfKubernetes(row.Request) || (row.Request.IsResource ? resources : paths).Contains(What(row.Request)))] };
    }

    private static HashSet<(string, string)> Most(IEnumerable<TrafficRow> rows, int most) =>
        [.. rows.GroupBy(row => What(row.Request)).OrderByDescending(alike => alike.Sum(row => row.Events)).Take(most).Select(alike => alike.Key)];

    private static bool IsOfKubernetes(PolicyRequest request) =>
        request.IsResource && ApiResources.Named(request.Resource).Any(known => known.Group == request.ApiGroup && known.Subresource == request.Subresource);

    private static (string, string) What(PolicyRequest request) => request.IsResource ? (request.ApiGroup, request.Written) : ("", request.Path);

    /// <summary>A policy as text that records the same.</summary>
    public static string Write(RecordedTraffic traffic) => PolicyWriter.Write(ObservedPolicy.Of(Of(traffic)), Head);
}
