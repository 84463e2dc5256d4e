using System.Collections.Immutable;
using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Coverage;

/// <summary>Requests of which an audit policy records too little for a rule. Immutable.</summary>
/// <param name="Kind">What of them is missing.</param>
/// <param name="PolicyRule">The index of the policy's rule that decides about them; <see cref="PolicyDecision.NoRule"/> where none does.</param>
/// <param name="Level">The level at which nothing of them would be missing.</param>
/// <param name="Stages">The stages of which one at least would have to be recorded; none where any later one than RequestReceived will do.</param>
/// <param name="Targets">What they are for.</param>
/// <param name="Callers">Who they are from; empty for everybody.</param>
/// <param name="Namespaces">Their namespaces, the empty one for what is in none; empty for whichever.</param>
/// <param name="Names">The names of their objects; empty for whichever.</param>
public sealed record Loss(
    LossKind Kind, int PolicyRule, AuditLevel Level, AuditStages Stages, ImmutableArray<LostTarget> Targets, ImmutableArray<LostCaller> Callers, ImmutableArray<string> Namespaces,
    ImmutableArray<string> Names);

/// <summary>What requests are for that are lost.</summary>
/// <param name="Group">The API group; null for any that nobody names.</param>
/// <param name="Resource">The resource with its subresource, as a policy writes it, like <c>*/status</c>; null for any. Of what is no resource the path.</param>
/// <param name="IsResource">Whether it is a resource.</param>
/// <param name="Verbs">The verbs.</param>
public sealed record LostTarget(string? Group, string? Resource, bool IsResource, ImmutableArray<string> Verbs);

/// <summary>Who requests are from that are lost.</summary>
/// <param name="Name">A user, or a group.</param>
/// <param name="IsGroup">Whether it is a group.</param>
public sealed record LostCaller(string Name, bool IsGroup);

/// <summary>What of requests is missing.</summary>
public enum LossKind : byte
{
    /// <summary>They are not recorded.</summary>
    Requests,

    /// <summary>They are recorded at stages only where a rule sees nothing.</summary>
    Stages,

    /// <summary>They are recorded without the bodies a rule needs to see anything.</summary>
    Bodies,

    /// <summary>They are recorded without bodies in which a rule would see more.</summary>
    SomeBodies,
}
