using Reeve.Audit.Policy.Traffic;
using Reeve.Detection.Policy.Writing;

namespace Reeve.Server.Policies;

/// <summary>Traffic from which a policy is told: without the many paths that only scanners ask for.</summary>
internal static class RecordedMix
{
    private const int MostPaths = 100;

    private const string Head = "What is recorded now, told from stored events: of each kind of request the most that was seen of it.\n"
        + "What nobody did in that time is not in it, and would not be recorded.\n";

    /// <summary>The traffic with the paths that were asked for most.</summary>
    public static RecordedTraffic Of(RecordedTraffic traffic)
    {
        var paths = traffic.Rows.Where(row => row.Request is { IsResource: false, Path.Length: > 0 })
            .GroupBy(row => row.Request.Path, StringComparer.Ordinal)
            .OrderByDescending(rows => rows.Sum(row => row.Events))
            .Take(MostPaths)
            .Select(rows => rows.Key)
            .ToHashSet(StringComparer.Ordinal);
        return traffic with { Rows = [.. traffic.Rows.Where(row => row.Request.IsResource || paths.Contains(row.Request.Path))] };
    }

    /// <summary>A policy as text that records the same.</summary>
    public static string Write(RecordedTraffic traffic) => PolicyWriter.Write(ObservedPolicy.Of(Of(traffic)), Head);
}
