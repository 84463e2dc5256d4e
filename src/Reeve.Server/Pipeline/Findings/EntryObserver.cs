using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Audit.Reading;
using Reeve.Journaling;
using Reeve.Store.Findings;
using Reeve.Store.Loading;
using Reeve.Store.Query;

namespace Reeve.Server.Pipeline.Findings;

/// <summary>Reads journal entries into a <see cref="FindingState"/> and makes findings of their remarks. Not thread-safe.</summary>
/// <param name="server">The server's id.</param>
/// <param name="reader">Reads journalled events again.</param>
/// <param name="state">What is known so far.</param>
internal sealed class EntryObserver(string server, EventReader reader, FindingState state)
{
    private readonly AuditEvent _event = new();
    private readonly NameCache _names = new();

    /// <summary>Takes one entry; findings about its event are added to <paramref name="findings"/>.</summary>
    public void Observe(JournalEntry entry, DateTime now, ICollection<Finding> findings)
    {
        if (!EventEntry.TryRead(entry.Payload, out var context, out var raw, _names))
            return;
        var lane = state.Lanes.Advance(entry.Sequence, context);
        // Most events are whole answers: of those the key is enough.
        if (context.Primary)
            state.Answer(context.RequestKey);
        if (context is { Primary: true, Integrity: Integrity.Whole })
            return;
        reader.Restore(raw, _event);
        if (_event.IsResponse && context.Integrity is not (Integrity.Unreadable or Integrity.Fragment))
            state.Answer(context.RequestKey);
        else if (IsAwaiting(context))
            state.Open.Open(new(context.RequestKey, EventIdentity.CutRequestKey(context.Cluster, _event), entry.Sequence, context.Time, lane.Id));
        foreach (var kind in Remarks.Of(context))
            findings.Add(Describe(entry.Sequence, context).As(kind, now, ofRequest: false, ("integrity", EventNames.Of(context.Integrity))));
    }

    // Without an auditID no other stage could be known as its own; of a request that was cut nothing tells its key.
    private bool IsAwaiting(EventContext context) =>
        context.Integrity is Integrity.Whole or Integrity.TruncatedByApiserver
        && !context.Marks.HasFlag(EventMarks.TimeApproximate)
        && _event[EventField.Stage].SequenceEqual("RequestReceived"u8)
        && !_event[EventField.AuditId].IsEmpty
        && !_event.IsLongRunning;

    private FoundEvent Describe(ulong sequence, EventContext context) => new()
    {
        Id = new EventId(server, sequence),
        RequestKey = context.RequestKey,
        Time = context.Time,
        Day = context.Day,
        Retention = context.Retention,
        Cluster = context.Cluster,
        Source = context.Source,
        Host = context.Host,
        Actor = System.Text.Encoding.UTF8.GetString(_event.Actor),
        Verb = _event.Text(EventField.Verb),
        Resource = _event.Text(EventField.Resource),
        Subresource = _event.Text(EventField.Subresource),
        Namespace = _event.Text(EventField.Namespace),
        Name = _event.Text(EventField.Name),
        Uri = _event.Text(EventField.RequestUri),
    };
}
