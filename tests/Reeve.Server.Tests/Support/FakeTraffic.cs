using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Traffic;
using Reeve.Server.Policies;
using Reeve.Store.Query.Traffic;

namespace Reeve.Server.Tests.Support;

/// <summary>Traffic in memory, and what was asked for.</summary>
internal sealed class FakeTraffic : ITrafficReads
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    public List<TrafficRequest> Asked { get; } = [];

    /// <summary>What is answered.</summary>
    public StoredTraffic Answer { get; set; } = Of(
        Row("ana", "get", "secrets", AuditLevel.Metadata, 10), Row("ana", "create", "pods", AuditLevel.RequestResponse, 4), Row("system:kube-scheduler", "update", "leases", AuditLevel.Metadata, 86));

    /// <summary>Thrown instead of an answer.</summary>
    public Exception? Failure { get; set; }

    /// <summary>A day of them.</summary>
    public static StoredTraffic Of(params IEnumerable<TrafficRow> rows) =>
        new RecordedTraffic([.. rows], Noon.AddDays(-1), Noon) is var traffic ? new(traffic, traffic.Events, traffic.Events, IsWithoutPaths: false) : StoredTraffic.None;

    /// <summary>Answered requests of a thousand bytes each, half of them body where there is one.</summary>
    public static TrafficRow Row(string user, string verb, string resource, AuditLevel level, long events) => new(
        new PolicyRequest { User = user, Groups = ["system:authenticated"], Verb = verb, IsResource = true, Resource = resource, ApiGroup = resource == "leases" ? "coordination.k8s.io" : "" },
        level, AuditStages.ResponseComplete)
    {
        Events = events, Bytes = events * 1_000, RequestBytes = level >= AuditLevel.Request ? events * 500 : 0, Largest = 1_000,
    };

    public Task<StoredTraffic> ReadAsync(TrafficRequest request, CancellationToken cancellationToken)
    {
        Asked.Add(request);
        return Failure is null ? Task.FromResult(Answer) : Task.FromException<StoredTraffic>(Failure);
    }
}
