using System.Collections.Frozen;

namespace Reeve.Audit.Findings;

/// <summary>The remarks of the pipeline that are kept as findings, as a table.</summary>
public static class FindingKinds
{
    /// <summary>A request that was received and never answered, as far as the log tells.</summary>
    public static FindingKind Orphan { get; } = new(
        "orphan", FindingLevel.Medium,
        "the request was received, and no later stage of it is in the log",
        "The request may have been served all the same: the apiserver does not log the answer to a patch whose body is YAML or malformed JSON. "
        + "Look at the object it names, and at what else this user did. Many at once mean that events were lost on the way.");

    /// <summary>An event of which a part is missing.</summary>
    public static FindingKind Truncation { get; } = new(
        "truncation", FindingLevel.Low,
        "a part of the event is missing",
        "What was cut off cannot be searched and no rule sees it. Raise the size limit of whoever cut it, as the field integrity says: "
        + "the sender, the apiserver's audit truncation, or limits.event.");

    /// <summary>Bytes that are no audit event.</summary>
    public static FindingKind Unreadable { get; } = new(
        "unreadable", FindingLevel.Low,
        "these bytes hold no audit event that could be read",
        "They are kept, but for runs that may be secrets, and can be searched as text. Look at what the source sends: another log in the same stream, or lines that are broken on the way.");

    /// <summary>A secret outside the place that secrets have.</summary>
    public static FindingKind SecretMaterial { get; } = new(
        "secret-material", FindingLevel.High,
        "the event carried secret values where secrets do not belong",
        "Reeve keeps only fingerprints of them, but whoever else reads the audit log has seen them: replace these credentials, and move them into a Secret.");

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<FindingKind> All { get; } = [Orphan, Truncation, Unreadable, SecretMaterial];

    private static readonly FrozenDictionary<string, FindingKind> ByName = All.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>The kind of a name; null for one this build does not know.</summary>
    public static FindingKind? Find(string name) => ByName.GetValueOrDefault(name);
}
