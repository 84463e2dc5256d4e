using System.Net;
using System.Text;
using Reeve.Audit;
using Reeve.Audit.Fields;

namespace Reeve.Detection.Matching.Slots;

/// <summary>The fields of the catalogue that are not in an event's JSON: what is read out of others, and what the pipeline knows.</summary>
internal static class CatalogueValues
{
    /// <summary>What the engine found about the event, like an orphan.</summary>
    public const string FindingField = "finding";

    /// <summary>The values of a field by its short name; none of what only the store knows.</summary>
    public static IEnumerable<string> Of(string name, SlotReader reader) => name == FindingField ? One(reader.Finding) : Of(name, reader.Event!, reader.Context);

    private static IEnumerable<string> Of(string name, AuditEvent auditEvent, EventContext? context) => name switch
    {
        "actor" => One(Encoding.UTF8.GetString(auditEvent.Actor)),
        "category" => One(EventNames.Of(auditEvent.Category)),
        "ip" => context is null || context.Ip.Equals(IPAddress.IPv6None) ? [] : [context.Ip.ToString()],
        "claimed" => context is null ? [] : Claimed(auditEvent, context),
        "cluster" => One(context?.Cluster),
        "host" => One(context?.Host),
        "source" => One(context?.Source),
        "cause" => One(context?.Cause),
        "integrity" => One(EventNames.Of(context?.Integrity ?? auditEvent.Integrity, context?.Marks ?? auditEvent.Marks)),
        _ => DerivedFields.Values(name, SourceOf(auditEvent)),
    };

    private static IEnumerable<string> One(string? value) => string.IsNullOrEmpty(value) ? [] : [value];

    private static List<string> Claimed(AuditEvent auditEvent, EventContext context)
    {
        var claimed = new List<string>();
        var count = ClientAddress.ClaimedCount(auditEvent, context.Ip);
        for (var index = 0; index < count; index++)
            claimed.Add(Encoding.UTF8.GetString(auditEvent.SourceIps[index]));
        return claimed;
    }

    private static DerivedFrom SourceOf(AuditEvent auditEvent) => new(
        auditEvent.Text(EventField.UserName), auditEvent.Text(EventField.ImpersonatedUserName), auditEvent.Text(EventField.UserAgent),
        auditEvent.Text(EventField.RequestUri), auditEvent.Text(EventField.Subresource), auditEvent.Text(EventField.DecisionReason), auditEvent.Raw.ToArray());
}
