using System.Net;
using Reeve.Audit;
using Reeve.Audit.Callers;
using Reeve.Audit.Fields;
using Reeve.Audit.Requests;

namespace Reeve.Detection.Matching.Slots;

/// <summary>
/// The fields of the catalogue that are not in an event's JSON: what is read out of others, and what the pipeline knows. Those that rules
/// ask of most events are read without allocating. Not thread-safe.
/// </summary>
internal sealed class CatalogueValues(SlotReader reader, SlotValues values)
{
    /// <summary>What the engine found about the event, like an orphan.</summary>
    public const string FindingField = "finding";

    private const int LongestAddress = 45;

    /// <summary>Fills a slot by the short name of its field; of what only the store knows there is nothing.</summary>
    public void Fill(Slot slot)
    {
        var auditEvent = reader.Event!;
        var context = reader.Context;
        switch (slot.Name)
        {
            case FindingField:
                Add(slot, reader.Finding);
                break;
            case "actor":
                Add(slot, auditEvent.Actor);
                break;
            case "category":
                Add(slot, EventNames.Of(auditEvent.Category));
                break;
            case "ip" when context is not null && !context.Ip.Equals(IPAddress.IPv6None):
                if (context.Ip.TryFormat(values.Scratch(LongestAddress + 20), out var length))
                    values.Keep(slot.Index, length);
                break;
            case "claimed" when context is not null && auditEvent.SourceIps.Count > 1:
                for (var index = 0; index < ClientAddress.ClaimedCount(auditEvent, context.Ip); index++)
                    values.Add(slot.Index, auditEvent.SourceIps[index]);
                break;
            case "cluster":
                Add(slot, context?.Cluster);
                break;
            case "host":
                Add(slot, context?.Host);
                break;
            case "source":
                Add(slot, context?.Source);
                break;
            case "cause":
                Add(slot, context?.Cause);
                break;
            case "integrity":
                Add(slot, EventNames.Of(context?.Integrity ?? auditEvent.Integrity, context?.Marks ?? auditEvent.Marks));
                break;
            case "tool":
                Add(slot, Tool.Of(auditEvent[EventField.UserAgent]).Name);
                break;
            case "role":
                if (Grant.TryParse(auditEvent[EventField.DecisionReason], out var grant))
                    Add(slot, grant.Role);
                break;
            case "binding" when !Grant.TryParse(auditEvent[EventField.DecisionReason], out var bound) || bound.BindingKind.SequenceEqual("ClusterRoleBinding"u8):
                Add(slot, bound.Binding);
                break;
            case "ip" or "claimed":
                break;
            default:
                foreach (var value in DerivedFields.Values(slot.Name, SourceOf(auditEvent)))
                    values.Add(slot.Index, value);
                break;
        }
    }

    private void Add(Slot slot, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
            values.Add(slot.Index, value);
    }

    private void Add(Slot slot, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            values.Add(slot.Index, value);
    }

    private static DerivedFrom SourceOf(AuditEvent auditEvent) => new(
        auditEvent.Text(EventField.UserName), auditEvent.Text(EventField.ImpersonatedUserName), auditEvent.Text(EventField.UserAgent),
        auditEvent.Text(EventField.RequestUri), auditEvent.Text(EventField.Subresource), auditEvent.Text(EventField.DecisionReason), auditEvent.Raw.ToArray());
}
