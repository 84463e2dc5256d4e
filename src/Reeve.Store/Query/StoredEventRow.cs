using System.Data.Common;
using System.Net;
using Reeve.Audit;
using Reeve.Audit.Fields;

namespace Reeve.Store.Query;

/// <summary>Reads a <see cref="StoredEvent"/> from a row whose columns are <see cref="Columns"/>.</summary>
internal static class StoredEventRow
{
    /// <summary>The columns to select, in the order they are read; the JSON, which is large, only where it is wanted.</summary>
    public static string Columns(bool withRaw) =>
        "server, seq, time, received, cluster, source, host, auditlevel, stage, audit_id, verb, user, user_uid, groups, actor, "
        + "impersonated_user, impersonated_groups, ip, claimed, agent, uri, resource, subresource, ns, name, object_uid, api_group, "
        + "api_version, code, reason, message, decision, decision_reason, category, integrity, marks, primary, line, cause"
        + (withRaw ? ", raw, envelope" : "");

    public static StoredEvent Read(DbDataReader row) => new()
    {
        Id = new EventId(row.GetString(0), row.GetFieldValue<ulong>(1)),
        Time = Utc(row.GetDateTime(2)),
        Received = Utc(row.GetDateTime(3)),
        Cluster = row.GetString(4),
        Source = row.GetString(5),
        Host = row.GetString(6),
        AuditLevel = row.GetString(7),
        Stage = row.GetString(8),
        AuditId = row.GetString(9),
        Verb = row.GetString(10),
        User = row.GetString(11),
        UserUid = row.GetString(12),
        Groups = row.GetFieldValue<string[]>(13),
        Actor = row.GetString(14),
        ImpersonatedUser = row.GetString(15),
        ImpersonatedGroups = row.GetFieldValue<string[]>(16),
        Ip = Address(row.GetFieldValue<IPAddress>(17)),
        Claimed = row.GetFieldValue<string[]>(18),
        Agent = row.GetString(19),
        Uri = row.GetString(20),
        Resource = row.GetString(21),
        Subresource = row.GetString(22),
        Namespace = row.GetString(23),
        Name = row.GetString(24),
        ObjectUid = row.GetString(25),
        ApiGroup = row.GetString(26),
        ApiVersion = row.GetString(27),
        Code = row.GetFieldValue<ushort>(28),
        Reason = row.GetString(29),
        Message = row.GetString(30),
        Decision = row.GetString(31),
        DecisionReason = row.GetString(32),
        Category = EventNames.Category(row.GetString(33)),
        Integrity = EventNames.Integrity(row.GetString(34)),
        Marks = (EventMarks)row.GetFieldValue<ushort>(35),
        Primary = row.GetBoolean(36),
        Line = (long)row.GetFieldValue<ulong>(37),
        Cause = row.GetString(38),
        Raw = row.FieldCount > 39 ? row.GetString(39) : null,
        Envelope = row.FieldCount > 40 ? row.GetString(40) : "",
    };

    public static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);

    private static string Address(IPAddress address)
    {
        if (address.Equals(IPAddress.IPv6None))
            return "";
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }
}
