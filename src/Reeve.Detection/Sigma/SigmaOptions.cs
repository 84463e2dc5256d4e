using System.Collections.Immutable;

namespace Reeve.Detection.Sigma;

/// <summary>What Sigma rules leave to their user.</summary>
public sealed record SigmaOptions
{
    /// <summary>
    /// The values of placeholders by their names without percent signs, for the modifier <c>expand</c>. A placeholder that is not
    /// here stands for the event's own field of that name.
    /// </summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Placeholders { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
}
