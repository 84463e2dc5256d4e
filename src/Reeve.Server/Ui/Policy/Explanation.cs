using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Reading;

namespace Reeve.Server.Ui.Policy;

/// <summary>What a policy says of a request, and why. Immutable.</summary>
/// <param name="Request">The request.</param>
/// <param name="Decision">What is recorded.</param>
/// <param name="PassedOver">The first rules before the one that decides, with why each is not for it.</param>
/// <param name="AlsoPassed">How many more there are.</param>
internal sealed record Explanation(PolicyRequest Request, PolicyDecision Decision, ImmutableArray<(int Rule, string Why)> PassedOver, int AlsoPassed)
{
    /// <summary>Finds it.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="request">The request.</param>
    /// <param name="most">Of how many rules that are not for it the reason is told.</param>
    public static Explanation Of(AuditPolicy policy, PolicyRequest request, int most)
    {
        var decision = policy.Decide(request);
        return new(request, decision, [.. PassedRules.Of(policy, decision, request).Take(most)], Math.Max(0, PassedRules.Count(policy, decision) - most));
    }

    /// <summary>The rule that decides; null where none does.</summary>
    public int? Rule => Decision.Rule == PolicyDecision.NoRule ? null : Decision.Rule;

    /// <summary>What is recorded, in words.</summary>
    public string Recorded => Decision.Stages == AuditStages.None
        ? Decision.Level == AuditLevel.None ? "Nothing is recorded." : "Nothing is recorded: every stage is omitted."
        : $"{Decision.Level} at {string.Join(", ", Decision.Stages.Each())}{(Decision is { OmitManagedFields: true, Level: >= AuditLevel.Request } ? ", bodies without managedFields" : "")}.";

    /// <summary>The request in a line.</summary>
    public string Asked
    {
        get
        {
            var what = Request.IsResource ? Request.Written : Request.Path.Length == 0 ? "no path" : Request.Path;
            var name = Request.Name.Length > 0 ? $" {Request.Name}" : "";
            var space = Request.Namespace.Length > 0 ? $" in {Request.Namespace}" : "";
            return $"{Request.Verb} {what}{name}{space} by {Request.User ?? "nobody known"}";
        }
    }
}
