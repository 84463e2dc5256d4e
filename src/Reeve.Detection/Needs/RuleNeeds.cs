using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Needs;

/// <summary>
/// What the audit policy has to record so that a rule can find what it is for; found by looking at its condition, not by trying events.
/// No event matches that is not within it; not every event within it matches. Immutable.
/// </summary>
/// <param name="Level">The least level at which it can match.</param>
/// <param name="Fully">The level at which all is there that it asks for; above <paramref name="Level"/> where some of what it finds shows in bodies only.</param>
/// <param name="Stages">The stages at which it can match, in their order; empty only where it matches nothing.</param>
/// <param name="Verbs">The verbs of which it can match requests, in their order; empty where any will do.</param>
/// <param name="Resources">The resources whose requests it can match, as a policy writes them: <c>pods</c>, <c>pods/exec</c>, <c>pods/*</c> for all below; empty where any will do.</param>
/// <param name="NonResourceUrls">Whether it can match requests for what is no resource, like <c>/metrics</c>.</param>
public sealed record RuleNeeds(
    AuditLevel Level, AuditLevel Fully, ImmutableArray<string> Stages, ImmutableArray<string> Verbs, ImmutableArray<string> Resources, bool NonResourceUrls)
{
    private const string Verb = "verb";

    private static readonly AuditLevel[] Levels = [AuditLevel.Metadata, AuditLevel.Request, AuditLevel.RequestResponse];

    private static PartialEvent NoResource { get; } = PartialEvent.Unknown.Without("objectRef");

    /// <summary>What a rule needs; of a correlation, what the rules need that it is made of.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="all">The set it belongs to.</param>
    public static RuleNeeds Of(Rule rule, RuleSet all)
    {
        ArgumentNullException.ThrowIfNull(all);
        return rule switch
        {
            DetectionRule detection => Of(detection.Condition),
            CorrelationRule correlation => Joined([.. all.PartsOf(correlation).Select(part => Of(part, all).And(FieldsOf(correlation, part)))]),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "no such rule"),
        };
    }

    /// <summary>What a condition needs.</summary>
    public static RuleNeeds Of(Condition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var least = Levels.Where(level => PartialEvent.Unknown.At(level).CanMeet(condition)).DefaultIfEmpty(AuditLevel.RequestResponse).First();
        var full = condition.All().Select(FieldNeeds.FullLevel).Max();
        var stages = AuditStages.All.Each().Where(stage => PartialEvent.Unknown.At(stage).CanMeet(condition)).Select(stage => stage.ToString());
        return new RuleNeeds(least, Higher(least, full), [.. stages], VerbsOf(condition), ResourceNeeds.Of(condition), NoResource.CanMeet(condition));
    }

    private static ImmutableArray<string> VerbsOf(Condition condition)
    {
        bool CanMeet(string verb) => PartialEvent.Unknown.With(Verb, verb).CanMeet(condition);
        var verbs = NoResource.CanMeet(condition) ? RequestVerbs.OfResources.Union(RequestVerbs.OfPaths) : RequestVerbs.OfResources;
        // Whatever else it names is a verb to it.
        string[] candidates = [.. verbs.Union(condition.TextsOf(Verb).Where(verb => verb.Length > 0).Select(verb => verb.ToLowerInvariant()))];
        string[] met = [.. candidates.Where(CanMeet)];
        return met.Length == candidates.Length && RequestVerbs.OfResources.All(CanMeet) ? [] : [.. met];
    }

    // What is in no group is not counted, nor what has no value that counts.
    private static IEnumerable<Field> FieldsOf(CorrelationRule correlation, Rule part) =>
        correlation.GroupBy.Concat(correlation.ValueFields).Select(field => field.For(part.Id)).OfType<Field>();

    private RuleNeeds And(IEnumerable<Field> fields) => fields.Aggregate(this, (needs, field) => needs with
    {
        Level = Higher(needs.Level, FieldNeeds.LeastLevel(field)),
        Fully = Higher(needs.Fully, FieldNeeds.FullLevel(field)),
    });

    private static RuleNeeds Joined(IReadOnlyList<RuleNeeds> parts)
    {
        ImmutableArray<string> All(Func<RuleNeeds, ImmutableArray<string>> of) => [.. parts.SelectMany(part => of(part)).Distinct(StringComparer.Ordinal)];
        ImmutableArray<string> AnyOrAll(Func<RuleNeeds, ImmutableArray<string>> of) => parts.Any(part => of(part).IsEmpty) ? [] : All(of);
        return new RuleNeeds(
            parts.Select(part => part.Level).DefaultIfEmpty(AuditLevel.Metadata).Max(),
            parts.Select(part => part.Fully).DefaultIfEmpty(AuditLevel.Metadata).Max(),
            [.. All(part => part.Stages).OrderBy(Enum.Parse<AuditStages>)],
            [.. AnyOrAll(part => part.Verbs).OrderBy(verb => (uint)RequestVerbs.OfResources.IndexOf(verb))],
            AnyOrAll(part => part.Resources),
            parts.Any(part => part.NonResourceUrls));
    }

    private static AuditLevel Higher(AuditLevel one, AuditLevel other) => one > other ? one : other;
}
