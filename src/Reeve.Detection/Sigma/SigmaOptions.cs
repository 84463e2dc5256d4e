using System.Collections.Immutable;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Sigma;

/// <summary>What Sigma rules leave to their user.</summary>
public sealed record SigmaOptions
{
    /// <summary>
    /// The values of placeholders by their names without percent signs, for the modifier <c>expand</c>; <see cref="RuleLists"/> reads
    /// them. A placeholder that is not here stands for the event's own field of that name; where a rule names Kubernetes as its
    /// log source and no audit event has such a field, it is a problem of the rule.
    /// </summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Placeholders { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>With the lists that come with Reeve, each in the place of which may stand one of the user's own.</summary>
    public static SigmaOptions Of(RuleLists own) => new SigmaOptions { Placeholders = ShippedLists.All.Values }.With(own);

    /// <summary>The same with some lists in the place of those of their names.</summary>
    public SigmaOptions With(RuleLists lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        return this with { Placeholders = Placeholders.SetItems(lists.Values) };
    }

    /// <summary>Whether the rule that is being read looks at audit events and nothing else.</summary>
    internal bool IsAuditOnly { get; init; }
}
