using Reeve.Audit.Policy.Traffic;

namespace Reeve.Audit.Policy.Forecasts;

/// <summary>How large events are at stages that a log does not have of some requests, told by what it has.</summary>
internal sealed class StageSizes
{
    // As measured: the answer's status and annotations are what the first stage lacks.
    private const double UsualShare = 0.8;

    private readonly double _share;

    public StageSizes(RecordedTraffic traffic)
    {
        var (received, complete) = (SizeOf(traffic, AuditStages.RequestReceived), SizeOf(traffic, AuditStages.ResponseComplete));
        _share = received > 0 && complete > 0 ? Math.Min(1, received / complete) : UsualShare;
    }

    /// <summary>The events of some requests at stages that a policy records and the log never has of them.</summary>
    public Volume Missing(AuditStages recorded, IReadOnlyList<TrafficRow> rows)
    {
        var complete = rows.Where(row => row.Stage == AuditStages.ResponseComplete).ToList();
        if (complete.Count == 0)
            return default;
        var all = complete.Aggregate(default(Volume), (sum, row) => sum + new Volume(row.Events, row.Bytes - row.RequestBytes - row.ResponseBytes));
        var missing = default(Volume);
        if (recorded.HasFlag(AuditStages.RequestReceived) && rows.All(row => row.Stage != AuditStages.RequestReceived))
            missing += new Volume(all.Events, all.Bytes * _share);
        if (recorded.HasFlag(AuditStages.ResponseStarted) && rows[0].Request.IsLongRunning && rows.All(row => row.Stage != AuditStages.ResponseStarted))
            missing += all;
        return missing;
    }

    private static double SizeOf(RecordedTraffic traffic, AuditStages stage)
    {
        var rows = traffic.Rows.Where(row => row.Stage == stage).ToList();
        return rows.Count == 0 ? 0 : rows.Sum(row => row.Bytes - row.RequestBytes - row.ResponseBytes) / (double)rows.Sum(row => row.Events);
    }
}
