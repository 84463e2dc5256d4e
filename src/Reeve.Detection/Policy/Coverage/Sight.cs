using System.Collections.Immutable;

namespace Reeve.Detection.Policy.Coverage;

/// <summary>What an audit policy shows of the requests that a rule or a question is about. Immutable.</summary>
/// <param name="Visibility">How much.</param>
/// <param name="Losses">What is missing.</param>
public sealed record Sight(Visibility Visibility, ImmutableArray<Loss> Losses)
{
    /// <summary>Several as one that needs any of them: blind where all are.</summary>
    public static Sight Any(IReadOnlyList<Sight> parts) => Joined(parts, parts.Any(part => part.Visibility != Visibility.Blind));

    /// <summary>Several as one that needs all of them: blind where one is.</summary>
    public static Sight All(IReadOnlyList<Sight> parts) => Joined(parts, parts.All(part => part.Visibility != Visibility.Blind));

    internal static Sight Joined(IReadOnlyList<Sight> parts, bool canSee) => new(
        !canSee ? Visibility.Blind : parts.All(part => part.Visibility == Visibility.Full) ? Visibility.Full : Visibility.Partial,
        [.. parts.SelectMany(part => part.Losses)]);
}
