using Reeve.Audit.Policy;
using Reeve.Detection.Needs;

namespace Reeve.Detection.Policy.Coverage;

/// <summary>Requests that a policy and a condition do not tell apart.</summary>
/// <param name="Request">One of them, by which the policy is asked; what neither names is <see cref="RequestTargets.Other"/>.</param>
/// <param name="Caller">Who they are from.</param>
/// <param name="IsAnyNamespace">Whether the namespace does not matter; otherwise it is that of the request.</param>
/// <param name="Known">What is known of their events.</param>
internal sealed record RequestClass(PolicyRequest Request, Caller Caller, bool IsAnyNamespace, PartialEvent Known);
