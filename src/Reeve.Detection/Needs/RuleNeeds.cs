using System.Collections.Immutable;
using Reeve.Detection.Conditions;
using Reeve.Detection.Linting;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Needs;

/// <summary>How much of a request the audit policy has to record; in ascending order, the names are those of the policy.</summary>
public enum AuditLevel : byte
{
    /// <summary>Who, when and what, without bodies.</summary>
    Metadata,

    /// <summary>With the body of the request.</summary>
    Request,

    /// <summary>With the bodies of the request and of the answer.</summary>
    RequestResponse,
}

/// <summary>
/// What the audit policy has to record so that a rule can find what it is for; found by looking at its condition, not by trying events.
/// Immutable.
/// </summary>
/// <param name="Level">The least level at which it can match.</param>
/// <param name="Fully">The level at which it sees all that it asks for; above <paramref name="Level"/> where some of what it finds shows in bodies only.</param>
/// <param name="Stages">The stages at which it can match, in their order.</param>
/// <param name="Verbs">The verbs of which it can match requests, in their order; empty where any will do.</param>
/// <param name="Resources">The resources whose requests it can match, as it names them; empty where any will do.</param>
public sealed record RuleNeeds(AuditLevel Level, AuditLevel Fully, ImmutableArray<string> Stages, ImmutableArray<string> Verbs, ImmutableArray<string> Resources)
{
    private const string Verb = "verb";
    private const string Stage = "stage";
    private const string Resource = "objectRef.resource";

    // Of no resource that a rule could name.
    private const string SomeOther = "\u0001";

    private static readonly string[] AllStages = ["RequestReceived", "ResponseStarted", "ResponseComplete", "Panic"];

    // In the order of the documentation; for what is no resource the verb is the HTTP method.
    private static readonly string[] AllVerbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

    /// <summary>What a rule needs; of a correlation, what the rules need that it is made of.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="all">The set it belongs to.</param>
    public static RuleNeeds Of(Rule rule, RuleSet all)
    {
        ArgumentNullException.ThrowIfNull(all);
        return rule switch
        {
            DetectionRule detection => Of(detection.Condition),
            CorrelationRule correlation => Joined([.. Parts(correlation, all).Select(part => Of(part, all))]),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "no such rule"),
        };
    }

    /// <summary>What a condition needs.</summary>
    public static RuleNeeds Of(Condition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var verbs = AllVerbs.Where(verb => CanMeet(condition, PartialEvent.Unknown.With(Verb, verb))).ToImmutableArray();
        var named = condition.TextsOf(Resource).Distinct(StringComparer.Ordinal).ToList();
        var resources = CanMeet(condition, PartialEvent.Unknown.With(Resource, SomeOther)) ? []
            : named.Where(resource => CanMeet(condition, PartialEvent.Unknown.With(Resource, resource))).ToImmutableArray();
        return new RuleNeeds(LeastLevel(condition), FullLevel(condition), [.. AllStages.Where(stage => CanMeet(condition, At(stage)))], verbs.Length == AllVerbs.Length ? [] : verbs, resources);
    }

    private static IEnumerable<Rule> Parts(CorrelationRule correlation, RuleSet all) =>
        all.Detections.Concat<Rule>(all.Correlations).Where(rule => correlation.Rules.Contains(rule.Id));

    private static RuleNeeds Joined(IReadOnlyList<RuleNeeds> parts)
    {
        ImmutableArray<string> Any(Func<RuleNeeds, ImmutableArray<string>> of, string[]? order) =>
            parts.Any(part => of(part).IsEmpty) ? [] : [.. parts.SelectMany(part => of(part)).Distinct(StringComparer.Ordinal).OrderBy(text => order is null ? 0 : Array.IndexOf(order, text))];
        return new RuleNeeds(
            parts.Max(part => part.Level), parts.Max(part => part.Fully), Any(part => part.Stages, AllStages), Any(part => part.Verbs, AllVerbs), Any(part => part.Resources, null));
    }

    private static AuditLevel LeastLevel(Condition condition) =>
        CanMeet(condition, PartialEvent.Unknown.Without("requestObject").Without("responseObject")) ? AuditLevel.Metadata
        : CanMeet(condition, PartialEvent.Unknown.Without("responseObject")) ? AuditLevel.Request
        : AuditLevel.RequestResponse;

    // Whatever would be absent without a body, and is asked for.
    private static AuditLevel FullLevel(Condition condition)
    {
        var leaves = condition.All().Where(part => part is Condition.Has or Condition.Exists or Condition.IsNull or Condition.Relates).ToList();
        bool Reads(string root) => leaves.Any(leaf => PartialEvent.Unknown.Without(root).Meets(leaf) is not null);
        return Reads("responseObject") ? AuditLevel.RequestResponse : Reads("requestObject") ? AuditLevel.Request : AuditLevel.Metadata;
    }

    // Before there is an answer, nothing of it is in the event.
    private static PartialEvent At(string stage)
    {
        var known = PartialEvent.Unknown.With(Stage, stage);
        return stage == AllStages[0] ? known.Without("responseStatus").Without("requestObject").Without("responseObject") : known;
    }

    private static bool CanMeet(Condition condition, PartialEvent known) => known.Meets(condition) != false;
}
