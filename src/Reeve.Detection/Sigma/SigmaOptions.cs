using System.Collections.Immutable;

namespace Reeve.Detection.Sigma;

/// <summary>What Sigma rules leave to their user.</summary>
public sealed record SigmaOptions
{
    /// <summary>
    /// The values of placeholders by their names without percent signs, for the modifier <c>expand</c>; <see cref="Rules.RuleLists"/> reads
    /// them. A placeholder that is not here stands for the event's own field of that name; where a rule names Kubernetes as its
    /// log source and no audit event has such a field, it is a problem of the rule.
    /// </summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Placeholders { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Whether the rule that is being read looks at audit events and nothing else.</summary>
    internal bool IsAuditOnly { get; init; }
}
