using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Reeve.Detection.Correlation;

namespace Reeve.Detection.Alerts;

/// <summary>Which alert it is and which event, whenever the same comes again.</summary>
internal static class AlertIdentity
{
    /// <summary>Of an event: the same for a copy of it, as logs that were taken twice hold.</summary>
    public static UInt128 Of(EventReference reference) => BinaryPrimitives.ReadUInt128LittleEndian(Hash(TextOf(reference, (long)reference.Sequence)));

    /// <summary>Of an alert, by what it is grouped by and its first event: 32 hexadecimal digits.</summary>
    public static string Of(string key, EventReference first) => Convert.ToHexStringLower(Hash($"{key}\x1f{TextOf(first, first.Line)}").AsSpan(0, 16));

    /// <summary>What all events of an alert have in common, as one text.</summary>
    public static string KeyOf(string ruleId, string cluster, IEnumerable<string> group) => GroupKey.Join([ruleId, cluster, .. group]);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    // An event without an auditID is told apart by where it stands.
    private static string TextOf(EventReference reference, long place) =>
        $"{reference.AuditId}\x1f{reference.Stage}\x1f{reference.Time.Ticks}\x1f{(reference.AuditId.Length > 0 ? 0 : place)}";
}
