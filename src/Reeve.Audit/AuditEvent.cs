using System.Text;
using Reeve.Audit.Salvage;

namespace Reeve.Audit;

/// <summary>
/// One audit event: its JSON and the values read from it, as slices without copies. A reader fills one instance again
/// for the next event, so whoever keeps a value copies it. Not thread-safe. Of a key that stands twice the last value
/// counts, as in the apiserver's own decoder. An absent value and an empty one are alike, and so is one of a wrong type.
/// </summary>
public sealed partial class AuditEvent
{
    /// <summary>
    /// The event's own JSON, scrubbed, otherwise byte for byte as received; of an unreadable record all its bytes.
    /// May hold invalid UTF-8 (<see cref="EventMarks.InvalidUtf8"/>).
    /// </summary>
    public ReadOnlySpan<byte> Raw => _buffer.AsSpan(_start, _length);

    /// <summary>The unescaped value of a field as valid UTF-8; empty if absent.</summary>
    public ReadOnlySpan<byte> this[EventField field] => Bytes(_fields[(int)field]);

    /// <summary>The value of a field as a string; empty if absent.</summary>
    public string Text(EventField field) => Encoding.UTF8.GetString(this[field]);

    /// <summary><c>user.groups</c>.</summary>
    public Utf8List Groups => new(this, _groups.Span);

    /// <summary><c>impersonatedUser.groups</c>.</summary>
    public Utf8List ImpersonatedGroups => new(this, _impersonatedGroups.Span);

    /// <summary><c>sourceIPs</c>: all but the last can be forged by the client; may hold invalid addresses.</summary>
    public Utf8List SourceIps => new(this, _sourceIps.Span);

    /// <summary><c>user.extra</c> as JSON, an object of arrays; empty if absent.</summary>
    public ReadOnlySpan<byte> UserExtra => Bytes(_userExtra);

    /// <summary><c>annotations</c> as JSON, an object of strings; empty if absent.</summary>
    public ReadOnlySpan<byte> Annotations => Bytes(_annotations);

    /// <summary><c>requestObject</c> as JSON: an object, an array for a JSON Patch; empty if absent.</summary>
    public ReadOnlySpan<byte> RequestObject => Bytes(_requestObject);

    /// <summary><c>responseObject</c> as JSON; empty if absent.</summary>
    public ReadOnlySpan<byte> ResponseObject => Bytes(_responseObject);

    /// <summary><c>requestReceivedTimestamp</c>, UTC; null if absent or not RFC 3339.</summary>
    public DateTime? RequestReceivedAt { get; internal set; }

    /// <summary>
    /// <c>stageTimestamp</c>, UTC; of old API versions <c>timestamp</c> or <c>metadata.creationTimestamp</c>; null if
    /// none of them is there.
    /// </summary>
    public DateTime? StageAt { get; internal set; }

    /// <summary><c>responseStatus.code</c>; 0 if absent.</summary>
    public int Code { get; internal set; }

    /// <summary>How much of the event arrived.</summary>
    public Integrity Integrity { get; internal set; }

    /// <summary>What the reader remarked.</summary>
    public EventMarks Marks { get; internal set; }

    /// <summary>The bytes that <see cref="Integrity.TruncatedByReeve"/> took away behind <see cref="Raw"/>; otherwise 0.</summary>
    public long CutBytes { get; internal set; }

    /// <summary>
    /// What the envelopes said that the event came in, as one JSON object with <c>form</c>, scrubbed; empty for an event
    /// that came as the apiserver wrote it. Not part of <see cref="Raw"/>.
    /// </summary>
    public string Envelope { get; internal set; } = "";

    /// <summary>The time that an envelope or a header around the event names, UTC; null without one.</summary>
    public DateTime? SentAt { get; internal set; }

    /// <summary>What is likely to have cut it; null where it is whole or nobody can tell.</summary>
    public CutCause? Cause { get; internal set; }

    /// <summary>The impersonated user if there is one, else the authenticated user.</summary>
    public ReadOnlySpan<byte> Actor =>
        this[EventField.ImpersonatedUserName] is { IsEmpty: false } impersonated ? impersonated : this[EventField.UserName];

    /// <summary>Whether the stage shows an answer: ResponseStarted, ResponseComplete, Panic, or no stage at all in an event with its beginning.</summary>
    public bool IsResponse =>
        Integrity is not (Integrity.Unreadable or Integrity.Fragment) && !this[EventField.Stage].SequenceEqual("RequestReceived"u8);

    /// <summary>Whether the kube-apiserver takes it as long-running: watch, proxy, attach, exec, log, portforward.</summary>
    public bool IsLongRunning
    {
        get
        {
            var verb = this[EventField.Verb];
            var subresource = this[EventField.Subresource];
            return verb.SequenceEqual("watch"u8) || verb.SequenceEqual("proxy"u8)
                || subresource.SequenceEqual("exec"u8) || subresource.SequenceEqual("attach"u8)
                || subresource.SequenceEqual("portforward"u8) || subresource.SequenceEqual("log"u8)
                || subresource.SequenceEqual("proxy"u8);
        }
    }

    /// <summary>The kind of activity, from the category table.</summary>
    public Category Category => _category ??= Marks.HasFlag(EventMarks.OtherLog) ? Category.OtherLog : CategoryTable.Of(this);

    /// <summary>Why it is of that kind, as the end of "because …"; empty for what is no event.</summary>
    public string CategoryReason => CategoryTable.ReasonOf(this);
}
