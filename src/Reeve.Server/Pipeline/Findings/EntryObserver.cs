using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Audit.Fields;
using Reeve.Audit.Reading;
using Reeve.Audit.Requests;
using Reeve.Journaling;
using Reeve.Store.Findings;
using Reeve.Store.Query;

namespace Reeve.Server.Pipeline.Findings;

/// <summary>Reads journal entries into a <see cref="FindingState"/> and makes findings of their remarks. Not thread-safe.</summary>
/// <param name="server">The server's id.</param>
/// <param name="state">What is known so far.</param>
internal sealed class EntryObserver(string server, FindingState state)
{
    private readonly EventRestorer _restorer = new();
    private readonly AuditEvent _event = new();
    private readonly NameCache _names = new();
    private readonly WaitingEntries _waiting = new();
    private readonly HashSet<UInt128> _answered = [];

    /// <summary>Takes one entry; findings about its event are added to <paramref name="findings"/>.</summary>
    public void Observe(JournalEntry entry, DateTime now, ICollection<Finding> findings)
    {
        if (!EventEntry.TryRead(entry.Payload, out var context, out var raw, _names))
            return;
        var lane = state.Lanes.Advance(entry.Sequence, context);
        if (context.Primary)
            Answer(context.RequestKey);
        if (Remarks.Any(context))
        {
            Look(new(entry.Sequence, context, lane.Id, raw));
            foreach (var kind in Remarks.Of(context))
                findings.Add(Describe(entry.Sequence, context).As(kind, now, ofRequest: false, ("integrity", EventNames.Of(context.Integrity, context.Marks))));
        }
        else if (!context.Primary && !(state.ShowsAnswers(lane.Key) && _waiting.TryKeep(entry.Sequence, context, lane.Id, raw.Span)))
        {
            Look(new(entry.Sequence, context, lane.Id, raw));
        }
    }

    /// <summary>Ends a run of entries: what none of them answered is open.</summary>
    public void Finish()
    {
        foreach (var entry in _waiting.Except(_answered))
            Look(entry);
        _waiting.Clear();
        _answered.Clear();
    }

    private void Look(WaitingEntry entry)
    {
        var context = entry.Context;
        _restorer.Restore(entry.Raw, _event);
        if (_event.IsResponse && context.Integrity is not (Integrity.Unreadable or Integrity.Fragment))
        {
            Answer(context.RequestKey);
        }
        else if (AwaitedAnswer.Follows(_event, context))
        {
            var cut = EventIdentity.CutRequestKey(context.Cluster, _event);
            if (!_answered.Contains(cut))
                state.Open.Open(new(context.RequestKey, cut, entry.Sequence, context.Time, entry.Lane));
        }
    }

    private void Answer(UInt128 key)
    {
        _answered.Add(key);
        state.Answer(key);
    }

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
