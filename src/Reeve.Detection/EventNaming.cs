using System.Net;
using System.Text;
using Reeve.Audit;
using Reeve.Audit.Requests;
using Reeve.Audit.Sentences;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching;

namespace Reeve.Detection;

/// <summary>How alerts call an event: who, what and when. Not thread-safe.</summary>
internal sealed class EventNaming(IFieldValues values)
{
    private static readonly Field[] Names = [new Field.Path("responseObject.metadata.name"), new Field.Path("requestObject.metadata.name")];

    /// <summary>The fields it reads.</summary>
    public static IEnumerable<Field> Fields => Names;

    /// <summary>What is kept of an event.</summary>
    public EventReference Of(AuditEvent auditEvent, EventContext context, ulong sequence, string file) => new(
        sequence, context.Time, auditEvent[EventField.AuditId].IsEmpty ? UInt128.Zero : context.RequestKey, auditEvent.Text(EventField.AuditId), auditEvent.Text(EventField.Stage), file, context.Origin.Line,
        context.Cluster, Encoding.UTF8.GetString(auditEvent.Actor), ObjectOf(auditEvent));

    /// <summary>What its sentence says.</summary>
    public static SentenceFacts FactsOf(AuditEvent auditEvent, EventContext context) => new()
    {
        Verb = auditEvent.Text(EventField.Verb),
        User = auditEvent.Text(EventField.UserName),
        ImpersonatedUser = auditEvent.Text(EventField.ImpersonatedUserName),
        Resource = auditEvent.Text(EventField.Resource),
        Subresource = auditEvent.Text(EventField.Subresource),
        Namespace = auditEvent.Text(EventField.Namespace),
        Name = auditEvent.Text(EventField.Name),
        Ip = context.Ip.Equals(IPAddress.IPv6None) ? "" : context.Ip.ToString(),
        Agent = auditEvent.Text(EventField.UserAgent),
        Uri = auditEvent.Text(EventField.RequestUri),
        Stage = auditEvent.Text(EventField.Stage),
        Code = auditEvent.Code,
        Reason = auditEvent.Text(EventField.Reason),
        Decision = auditEvent.Text(EventField.Decision),
        DecisionReason = auditEvent.Text(EventField.DecisionReason),
    };

    // The name of what is created is in the bodies only.
    private string ObjectOf(AuditEvent auditEvent)
    {
        var resource = auditEvent.Text(EventField.Resource);
        if (resource.Length == 0)
            return RequestQuery.Path(auditEvent.Text(EventField.RequestUri));
        var subresource = auditEvent.Text(EventField.Subresource);
        var (ns, name) = (auditEvent.Text(EventField.Namespace), auditEvent.Text(EventField.Name));
        if (name.Length == 0 && auditEvent[EventField.Verb].SequenceEqual("create"u8))
            name = CreatedName();
        var what = subresource.Length > 0 ? $"{resource}/{subresource}" : resource;
        return (ns.Length, name.Length) switch
        {
            (0, 0) => what,
            (0, _) => $"{what} {name}",
            _ => $"{what} {ns}/{name}",
        };
    }

    private string CreatedName()
    {
        var found = new List<string>();
        foreach (var field in Names)
            values.Read(field, found);
        return found.Count > 0 ? found[0] : "";
    }
}
