using System.Net;
using System.Text;
using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Audit.Fields;
using Reeve.Audit.Reading;

namespace Reeve.Store.Loading;

/// <summary>Makes rows of the table <c>events</c> from journal entries. The same entry always gives the same bytes. Not thread-safe.</summary>
/// <param name="server">The server's id: 8 hex digits.</param>
internal sealed class EventRowEncoder(string server)
{
    /// <summary>The columns in the order of a row's bytes.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "server", "seq", "time", "received", "day", "retention", "cluster", "source", "host", "auditlevel", "stage", "audit_id", "verb",
        "user", "user_uid", "groups", "actor", "impersonated_user", "impersonated_groups", "ip", "claimed", "agent", "uri", "resource",
        "subresource", "ns", "name", "object_uid", "api_group", "api_version", "code", "reason", "message", "decision", "decision_reason",
        "category", "integrity", "marks", "primary", "request_key", "fingerprint", "line", "raw", "envelope", "cause",
    ];

    private readonly byte[] _server = Encoding.UTF8.GetBytes(server);
    private readonly EventRestorer _restorer = new();
    private readonly AuditEvent _event = new();
    private readonly NameCache _names = new();

    /// <summary>Appends the row of an entry; answers its context, or null where the payload is no entry this build can read.</summary>
    public EventContext? Append(ulong sequence, ReadOnlyMemory<byte> payload, RowBinaryWriter rows)
    {
        if (!EventEntry.TryRead(payload, out var context, out var raw, _names))
            return null;
        _restorer.Restore(raw, _event);
        Write(sequence, context, raw.Span, rows);
        return context;
    }

    /// <summary>Appends the row of an entry the store refused: where it came from, when it arrived, and its text; null as above.</summary>
    public EventContext? AppendReduced(ulong sequence, ReadOnlyMemory<byte> payload, RowBinaryWriter rows)
    {
        if (!EventEntry.TryRead(payload, out var whole, out var raw, _names))
            return null;
        var context = whole with
        {
            Time = whole.Received,
            Marks = whole.Marks | EventMarks.RefusedByStore,
            Ip = IPAddress.IPv6None,
        };
        _restorer.Restore(default, _event);
        Write(sequence, context, raw.Span, rows);
        return context;
    }

    private void Write(ulong sequence, EventContext context, ReadOnlySpan<byte> raw, RowBinaryWriter rows)
    {
        rows.BeginRow();
        AppendContext(sequence, context, rows);
        AppendRequest(rows);
        AppendUsers(context, rows);
        AppendObject(rows);
        AppendOutcome(context, rows);
        rows.WriteString(raw);
        rows.WriteString(context.Envelope);
        rows.WriteString(context.Cause);
    }

    private void AppendContext(ulong sequence, EventContext context, RowBinaryWriter rows)
    {
        rows.WriteString(_server);
        rows.WriteUInt64(sequence);
        rows.WriteMicroseconds(context.Time);
        rows.WriteMicroseconds(context.Received);
        rows.WriteDate(context.Day);
        rows.WriteUInt8(context.Retention);
        rows.WriteString(context.Cluster);
        rows.WriteString(context.Source);
        rows.WriteString(context.Host);
    }

    private void AppendRequest(RowBinaryWriter rows)
    {
        rows.WriteString(_event[EventField.Level]);
        rows.WriteString(_event[EventField.Stage]);
        rows.WriteString(_event[EventField.AuditId]);
        rows.WriteString(_event[EventField.Verb]);
    }

    private void AppendUsers(EventContext context, RowBinaryWriter rows)
    {
        rows.WriteString(_event[EventField.UserName]);
        rows.WriteString(_event[EventField.UserUid]);
        Append(_event.Groups, _event.Groups.Count, rows);
        rows.WriteString(_event.Actor);
        rows.WriteString(_event[EventField.ImpersonatedUserName]);
        Append(_event.ImpersonatedGroups, _event.ImpersonatedGroups.Count, rows);
        rows.WriteIpAddress(context.Ip);
        Append(_event.SourceIps, ClientAddress.ClaimedCount(_event, context.Ip), rows);
        rows.WriteString(_event[EventField.UserAgent]);
        rows.WriteString(_event[EventField.RequestUri]);
    }

    private void AppendObject(RowBinaryWriter rows)
    {
        rows.WriteString(_event[EventField.Resource]);
        rows.WriteString(_event[EventField.Subresource]);
        rows.WriteString(_event[EventField.Namespace]);
        rows.WriteString(_event[EventField.Name]);
        rows.WriteString(_event[EventField.ObjectUid]);
        rows.WriteString(_event[EventField.ApiGroup]);
        rows.WriteString(_event[EventField.ApiVersion]);
    }

    private void AppendOutcome(EventContext context, RowBinaryWriter rows)
    {
        rows.WriteUInt16((ushort)Math.Clamp(_event.Code, 0, ushort.MaxValue));
        rows.WriteString(_event[EventField.Reason]);
        rows.WriteString(_event[EventField.Message]);
        rows.WriteString(_event[EventField.Decision]);
        rows.WriteString(_event[EventField.DecisionReason]);
        rows.WriteString(EventNames.Of(context.Marks.HasFlag(EventMarks.OtherLog) ? Category.OtherLog : _event.Category));
        rows.WriteString(EventNames.Of(context.Integrity, context.Marks));
        rows.WriteUInt16((ushort)context.Marks);
        rows.WriteBool(context.Primary);
        rows.WriteUInt128(context.RequestKey);
        rows.WriteUInt128(context.Fingerprint);
        rows.WriteUInt64((ulong)Math.Max(0, context.Origin.Line));
    }

    private static void Append(Utf8List values, int count, RowBinaryWriter rows)
    {
        rows.WriteCount(count);
        for (var i = 0; i < count; i++)
            rows.WriteString(values[i]);
    }
}
