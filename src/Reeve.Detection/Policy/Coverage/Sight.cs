using System.Collections.Immutable;

namespace Reeve.Detection.Policy.Coverage;

/// <summary>What an audit policy shows of the requests that a rule or a question is about. Immutable.</summary>
/// <param name="Visibility">How much.</param>
/// <param name="Losses">What is missing.</param>
public sealed record Sight(Visibility Visibility, ImmutableArray<Loss> Losses);

/// <summary>The same, request by request.</summary>
internal sealed record RequestSight(Visibility Visibility, LossTally Lost)
{
    /// <summary>For people.</summary>
    public Sight Summary => new(Visibility, [.. Lost.Losses]);

    /// <summary>Of a rule over others.</summary>
    /// <param name="parts">What the others see.</param>
    /// <param name="canSee">Whether it can fire by what they see.</param>
    public static RequestSight Joined(IReadOnlyCollection<RequestSight> parts, bool canSee)
    {
        var lost = new LossTally();
        foreach (var part in parts)
            lost.Add(part.Lost);
        return new(!canSee ? Visibility.Blind : parts.All(part => part.Visibility == Visibility.Full) ? Visibility.Full : Visibility.Partial, lost);
    }
}
