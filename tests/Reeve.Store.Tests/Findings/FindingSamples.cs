using Reeve.Audit.Findings;
using Reeve.Store.Findings;
using Reeve.Store.Query;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Findings;

/// <summary>Makes findings.</summary>
internal static class FindingSamples
{
    public static Finding Of(ulong sequence, FindingKind? kind = null, DateTime? time = null) => new FoundEvent
    {
        Id = new EventId(Samples.Server, sequence),
        RequestKey = sequence * 3,
        Time = time ?? Samples.Noon,
        Day = DateOnly.FromDateTime(time ?? Samples.Noon),
        Retention = 0,
        Cluster = "prod",
        Source = "file",
        Host = "cp-1",
        Actor = "alice",
        Verb = "patch",
        Resource = "configmaps",
        Subresource = "",
        Namespace = "shop",
        Name = $"c{sequence}",
        Uri = "/api/v1/namespaces/shop/configmaps/c",
    }.As(kind ?? FindingKinds.Orphan, Samples.Noon.AddMinutes(7), ofRequest: true, ("uri", "/\"x\""), ("host", ""));
}
