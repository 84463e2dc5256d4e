using System.Security.Cryptography;
using System.Text;
using Reeve.Detection.Correlation;

namespace Reeve.Detection.Alerts;

/// <summary>Which alert it is, whenever the same comes again.</summary>
internal static class AlertIdentity
{
    /// <summary>Of an alert, by what it is grouped by and its first event: 32 hexadecimal digits.</summary>
    public static string Of(string ruleId, ReadOnlySpan<byte> subject, EventReference first)
    {
        var (rule, text) = (GroupKey.Join(ruleId), TextOf(first, first.Line));
        var hashed = new byte[Encoding.UTF8.GetMaxByteCount(rule.Length + text.Length + 2) + subject.Length];
        var length = Encoding.UTF8.GetBytes(rule, hashed);
        hashed[length++] = GroupKey.Separator;
        subject.CopyTo(hashed.AsSpan(length));
        length += subject.Length;
        hashed[length++] = GroupKey.Separator;
        length += Encoding.UTF8.GetBytes(text, hashed.AsSpan(length));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(hashed.AsSpan(0, length), hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    /// <summary>What is the same in all events of an alert besides its rule, as UTF-8.</summary>
    public static byte[] SubjectOf(string cluster, IEnumerable<string> group) => Encoding.UTF8.GetBytes(GroupKey.Join([cluster, .. group]));

    /// <summary>Of an event as one text. One without an auditID is told apart by where it stands.</summary>
    public static string TextOf(EventReference reference, long place) =>
        $"{reference.AuditId}\x1f{reference.Stage}\x1f{reference.Time.Ticks}\x1f{(reference.AuditId.Length > 0 ? 0 : place)}";
}
