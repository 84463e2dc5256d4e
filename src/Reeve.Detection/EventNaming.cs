using System.Buffers;
using System.Text;
using Reeve.Audit;
using Reeve.Audit.Requests;
using Reeve.Detection.Alerts;
using Reeve.Detection.Correlation;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching;
using Reeve.Detection.Rules;

namespace Reeve.Detection;

/// <summary>
/// How alerts call an event: who, what and when; made once for all rules that match it, and true until the next one. Not thread-safe.
/// </summary>
internal sealed class EventNaming(IFieldValues values)
{
    private static readonly Field[] Names = [new Field.Path("responseObject.metadata.name"), new Field.Path("requestObject.metadata.name")];

    private readonly ArrayBufferWriter<byte> _object = new();
    private readonly ArrayBufferWriter<byte> _subject = new();
    private readonly List<string> _found = [];
    private (string Text, byte[] Bytes) _file = ("", []);
    private (string Text, byte[] Bytes) _cluster = ("", []);
    private int _actorEnd;

    /// <summary>The fields it reads.</summary>
    public static IEnumerable<Field> Fields => Names;

    /// <summary>What is kept of the event; see <see cref="PackedEvent"/>.</summary>
    public byte[] Packed { get; private set; } = [];

    /// <summary>When it happened, UTC.</summary>
    public DateTime Time { get; private set; }

    /// <summary>The cluster's name.</summary>
    public string Cluster { get; private set; } = "";

    /// <summary>The event with all its texts, where some were too long to be packed; else null.</summary>
    public EventReference? Long { get; private set; }

    /// <summary>Names an event.</summary>
    public void Name(AuditEvent auditEvent, EventContext context, ulong sequence, string file)
    {
        (Time, Cluster) = (context.Time, context.Cluster);
        WriteObject(auditEvent);
        var actor = auditEvent.Actor;
        var auditId = auditEvent[EventField.AuditId];
        var stage = auditEvent[EventField.Stage];
        var numbers = new PackedEvent.Numbers(sequence, Time, auditId.IsEmpty ? UInt128.Zero : context.RequestKey, context.Origin.Line);
        var cluster = BytesOf(ref _cluster, Cluster);
        Packed = PackedEvent.Pack(numbers, BytesOf(ref _file, file), cluster, actor, _object.WrittenSpan, auditId, stage);
        var isWhole = PackedEvent.IsWhole(Math.Max(Math.Max(actor.Length, _object.WrittenCount), Math.Max(auditId.Length, stage.Length)));
        Long = isWhole ? null : new EventReference(
            sequence, Time, numbers.RequestKey, auditEvent.Text(EventField.AuditId), auditEvent.Text(EventField.Stage), file, numbers.Line, Cluster,
            Encoding.UTF8.GetString(actor), Encoding.UTF8.GetString(_object.WrittenSpan));
        _subject.ResetWrittenCount();
        GroupKey.Append(cluster, _subject);
        _subject.Write([GroupKey.Separator]);
        GroupKey.Append(actor, _subject);
        _actorEnd = _subject.WrittenCount;
        _subject.Write([GroupKey.Separator]);
        GroupKey.Append(_object.WrittenSpan, _subject);
    }

    /// <summary>What alerts of it are grouped by, besides their rule; see <see cref="AlertIdentity.SubjectOf"/>.</summary>
    public ReadOnlySpan<byte> Subject(AlertScope scope) => scope == AlertScope.Actor ? _subject.WrittenSpan[.._actorEnd] : _subject.WrittenSpan;

    private static byte[] BytesOf(ref (string Text, byte[] Bytes) known, string text)
    {
        if (known.Text != text)
            known = (text, Encoding.UTF8.GetBytes(text));
        return known.Bytes;
    }

    private void WriteObject(AuditEvent auditEvent)
    {
        _object.ResetWrittenCount();
        var resource = auditEvent[EventField.Resource];
        if (resource.IsEmpty)
        {
            _object.Write(RequestQuery.Path(auditEvent[EventField.RequestUri]));
            return;
        }

        _object.Write(resource);
        if (auditEvent[EventField.Subresource] is { IsEmpty: false } subresource)
            Write("/"u8, subresource);
        var ns = auditEvent[EventField.Namespace];
        var name = auditEvent[EventField.Name];
        // The name of what is created is in the bodies only.
        if (name.IsEmpty && auditEvent[EventField.Verb].SequenceEqual("create"u8))
            name = CreatedName();
        if (!ns.IsEmpty)
            Write(" "u8, ns);
        if (!ns.IsEmpty || !name.IsEmpty)
            Write(ns.IsEmpty ? " "u8 : "/"u8, name);
    }

    private void Write(ReadOnlySpan<byte> before, ReadOnlySpan<byte> text)
    {
        _object.Write(before);
        _object.Write(text);
    }

    private ReadOnlySpan<byte> CreatedName()
    {
        _found.Clear();
        foreach (var field in Names)
            values.Read(field, _found);
        return _found.Count > 0 ? Encoding.UTF8.GetBytes(_found[0]) : [];
    }
}
