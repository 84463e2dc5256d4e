using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Needs;
using Reeve.Detection.Rules;

namespace Reeve.Server.Compliance;

/// <summary>A question whose answer is evidence. Immutable.</summary>
/// <param name="Id">How controls refer to it, like <c>EQ-07</c>; unique.</param>
/// <param name="Question">The question.</param>
/// <param name="Place">Where it stands.</param>
public abstract record EvidenceQuestion(string Id, string Question, RulePlace Place);

/// <summary>A question that Reeve answers by what it keeps besides events. Immutable.</summary>
/// <param name="Id">How controls refer to it.</param>
/// <param name="Question">The question.</param>
/// <param name="Part">What of Reeve has the answer.</param>
/// <param name="Place">Where it stands.</param>
public sealed record KeptEvidence(string Id, string Question, EvidencePart Part, RulePlace Place) : EvidenceQuestion(Id, Question, Place);

/// <summary>A question that audit events answer. Immutable.</summary>
/// <param name="Detection">Which events: those that match. Where it sleeps, a list is empty without which the question means nothing.</param>
/// <param name="Needs">What the log has to hold so that any of them is seen, and at which level all of the answer is.</param>
/// <param name="EveryStage">The stages without each of which some of them are not seen; empty where any of those it needs will do.</param>
public sealed record EventEvidence(DetectionRule Detection, RuleNeeds Needs, ImmutableArray<string> EveryStage)
    : EvidenceQuestion(Detection.Id, Detection.Title, Detection.Place)
{
    // CIS Kubernetes Benchmark 3.2.2: at Metadata only.
    private static readonly string[] BetterWithoutBodies = ["secrets", "configmaps", "tokenreviews", "serviceaccounts/token"];

    private static readonly string[] VerbsWithBodies = ["create", "update", "patch", "post", "put"];

    /// <summary>
    /// The level at which requests of a kind show all that is asked of them. <see cref="Needs"/> speaks for all kinds together; what
    /// has no body to show, and what should not show it, shows all at a lower one.
    /// </summary>
    /// <param name="verb">The verb.</param>
    /// <param name="resource">The resource as a policy writes it, like <c>pods/exec</c>; empty for what is no resource.</param>
    public AuditLevel FullLevelOf(string verb, string resource) =>
        resource.Length > 0 && VerbsWithBodies.Contains(verb, StringComparer.Ordinal) && !BetterWithoutBodies.Contains(resource, StringComparer.Ordinal) ? Needs.Fully : Needs.Level;
}
