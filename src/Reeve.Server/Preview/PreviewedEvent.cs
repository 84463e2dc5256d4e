using System.Net;
using System.Text;
using Reeve.Audit;
using Reeve.Store.Query;

namespace Reeve.Server.Preview;

/// <summary>An event as Reeve reads it, before anything is stored.</summary>
/// <param name="Number">Its 1-based number in what was read.</param>
/// <param name="Line">The 1-based line its record begins on.</param>
/// <param name="Row">Its fields, without id and JSON.</param>
/// <param name="Raw">Its scrubbed bytes.</param>
/// <param name="CategoryReason">Why it is of its category, as the end of "because …"; empty for what is no event.</param>
/// <param name="DuplicateOf">The number of an equal event before it, which would be stored alone; 0 without one.</param>
/// <param name="RecordBytes">The size of the record it came in, as received.</param>
/// <param name="Tag">The tag in the header of a syslog line; empty without one.</param>
public sealed record PreviewedEvent(
    int Number, int Line, StoredEvent Row, ReadOnlyMemory<byte> Raw, string CategoryReason, int DuplicateOf, int RecordBytes, string Tag)
{
    /// <summary>What in it became a fingerprint, and where it breaks off.</summary>
    public EventFindings Findings => field ??= EventWalk.Of(Raw.Span);

    /// <summary>The row with its JSON as text.</summary>
    public StoredEvent Whole() => Row with { Raw = Encoding.UTF8.GetString(Raw.Span) };

    /// <summary>The fields of an event, as the store would have them.</summary>
    internal static StoredEvent RowOf(AuditEvent read, EventContext context)
    {
        var trusted = context.Ip;
        return new()
        {
            Id = default,
            Time = context.Time,
            Received = context.Received,
            Cluster = context.Cluster,
            Source = context.Source,
            Host = context.Host,
            AuditLevel = read.Text(EventField.Level),
            Stage = read.Text(EventField.Stage),
            AuditId = read.Text(EventField.AuditId),
            Verb = read.Text(EventField.Verb),
            User = read.Text(EventField.UserName),
            UserUid = read.Text(EventField.UserUid),
            Groups = Texts(read.Groups, read.Groups.Count),
            Actor = Encoding.UTF8.GetString(read.Actor),
            ImpersonatedUser = read.Text(EventField.ImpersonatedUserName),
            ImpersonatedGroups = Texts(read.ImpersonatedGroups, read.ImpersonatedGroups.Count),
            Ip = trusted.Equals(IPAddress.IPv6None) ? "" : trusted.ToString(),
            Claimed = Texts(read.SourceIps, ClientAddress.ClaimedCount(read, trusted)),
            Agent = read.Text(EventField.UserAgent),
            Uri = read.Text(EventField.RequestUri),
            Resource = read.Text(EventField.Resource),
            Subresource = read.Text(EventField.Subresource),
            Namespace = read.Text(EventField.Namespace),
            Name = read.Text(EventField.Name),
            ObjectUid = read.Text(EventField.ObjectUid),
            ApiGroup = read.Text(EventField.ApiGroup),
            ApiVersion = read.Text(EventField.ApiVersion),
            Code = Math.Clamp(read.Code, 0, ushort.MaxValue),
            Reason = read.Text(EventField.Reason),
            Message = read.Text(EventField.Message),
            Decision = read.Text(EventField.Decision),
            DecisionReason = read.Text(EventField.DecisionReason),
            Category = read.Category,
            Integrity = context.Integrity,
            Marks = context.Marks,
            Primary = context.Primary,
            Line = context.Origin.Line,
            Cause = context.Cause,
            Envelope = context.Envelope,
        };
    }

    private static string[] Texts(Utf8List values, int count)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++)
            texts[i] = Encoding.UTF8.GetString(values[i]);
        return texts;
    }
}
