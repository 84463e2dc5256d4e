using Reeve.Audit;
using Reeve.Audit.Reading;

namespace Reeve.Benchmarks.Reading;

/// <summary>Looks at every field the yardstick looks at, unescaped, and adds up their lengths.</summary>
internal sealed class FieldTotal : IEventSink
{
    private static readonly EventField[] Fields = Enum.GetValues<EventField>();

    public long Events { get; private set; }

    public long Total { get; private set; }

    public void Accept(AuditEvent auditEvent)
    {
        Events++;
        long total = auditEvent.Code;
        foreach (var field in Fields)
            total += auditEvent[field].Length;
        foreach (var group in auditEvent.Groups)
            total += group.Length;
        foreach (var group in auditEvent.ImpersonatedGroups)
            total += group.Length;
        foreach (var address in auditEvent.SourceIps)
            total += address.Length;
        total += auditEvent.RequestReceivedAt?.Microsecond ?? 0;
        total += auditEvent.StageAt?.Microsecond ?? 0;
        Total += total;
    }
}
