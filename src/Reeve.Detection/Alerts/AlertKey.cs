using System.Runtime.InteropServices;

namespace Reeve.Detection.Alerts;

/// <summary>What all events of an alert have in common. Immutable.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Subject">The cluster and what the rule groups by, see <see cref="AlertIdentity.SubjectOf"/>.</param>
internal readonly record struct AlertKey(string RuleId, byte[] Subject);

/// <summary>The same, to look for.</summary>
/// <param name="ruleId">The rule.</param>
/// <param name="subject">The cluster and what the rule groups by.</param>
internal readonly ref struct AlertKeySpan(string ruleId, ReadOnlySpan<byte> subject)
{
    public string RuleId { get; } = ruleId;

    public ReadOnlySpan<byte> Subject { get; } = subject;
}

/// <summary>Equal by their bytes. Hashed with a key of the process, as whoever sends requests chooses the names in them. Immutable.</summary>
internal sealed class AlertKeyComparer : IEqualityComparer<AlertKey>, IAlternateEqualityComparer<AlertKeySpan, AlertKey>
{
    public bool Equals(AlertKey left, AlertKey right) => left.RuleId == right.RuleId && left.Subject.AsSpan().SequenceEqual(right.Subject);

    public int GetHashCode(AlertKey key) => HashOf(key.RuleId, key.Subject);

    public bool Equals(AlertKeySpan alternate, AlertKey other) => alternate.RuleId == other.RuleId && alternate.Subject.SequenceEqual(other.Subject);

    public int GetHashCode(AlertKeySpan alternate) => HashOf(alternate.RuleId, alternate.Subject);

    public AlertKey Create(AlertKeySpan alternate) => new(alternate.RuleId, alternate.Subject.ToArray());

    // A string's hash has such a key (Marvin); HashCode, too, but the work of an attacker against it is not known.
    private static int HashOf(string ruleId, ReadOnlySpan<byte> subject)
    {
        var last = (subject.Length & 1) == 0 ? 0 : subject[^1] + 1;
        return HashCode.Combine(StringComparer.Ordinal.GetHashCode(ruleId), string.GetHashCode(MemoryMarshal.Cast<byte, char>(subject), StringComparison.Ordinal), last);
    }
}
