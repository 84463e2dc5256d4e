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

    // An IPv6 address with its scope: 45 characters, a per cent sign and a number of 32 bits.
    private const int LongestAddress = 45 + 1 + 10;

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
            case "ip":
                AddAddress(slot, context?.Ip ?? IPAddress.IPv6None);
                break;
            case "claimed":
                AddClaimed(slot, auditEvent, context);
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
            case "binding":
                AddBinding(slot, auditEvent);
                break;
            default:
                AddDerived(slot, auditEvent);
                break;
        }
    }

    private void AddAddress(Slot slot, IPAddress address)
    {
        if (!address.Equals(IPAddress.IPv6None) && address.TryFormat(values.Scratch(LongestAddress), out var length))
            values.Keep(slot.Index, length);
    }

    private void AddClaimed(Slot slot, AuditEvent auditEvent, EventContext? context)
    {
        var count = context is null ? 0 : ClientAddress.ClaimedCount(auditEvent, context.Ip);
        for (var index = 0; index < count; index++)
            values.Add(slot.Index, auditEvent.SourceIps[index]);
    }

    private void AddBinding(Slot slot, AuditEvent auditEvent)
    {
        if (!Grant.TryParse(auditEvent[EventField.DecisionReason], out var grant))
            return;
        // A namespace goes before the name of a RoleBinding, which takes a text of its own.
        if (grant.BindingKind.SequenceEqual("RoleBinding"u8))
            AddDerived(slot, auditEvent);
        else
            Add(slot, grant.Binding);
    }

    private void AddDerived(Slot slot, AuditEvent auditEvent)
    {
        foreach (var value in DerivedFields.Values(slot.Name, SourceOf(auditEvent)))
            values.Add(slot.Index, value);
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
