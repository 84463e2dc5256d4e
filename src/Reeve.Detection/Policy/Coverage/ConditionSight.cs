using Reeve.Audit.Policy;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching.Slots;
using Reeve.Detection.Needs;

namespace Reeve.Detection.Policy.Coverage;

/// <summary>Holds conditions against one policy, class of requests by class of requests. Not thread-safe.</summary>
internal sealed class ConditionSight(AuditPolicy policy, CancellationToken ct)
{
    private readonly RequestSpace _space = new(policy, ct);

    /// <summary>What the policy shows of the requests that a condition can match.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="fields">Fields without which a match is of no use, as those that a correlation counts by.</param>
    /// <param name="wanted">The level at which requests show all that is asked of them; null for that at which the condition sees all it looks for.</param>
    public RequestSight Of(Condition condition, IReadOnlyList<Field> fields, Func<PolicyRequest, AuditLevel>? wanted = null)
    {
        var isForUnanswered = condition.All().OfType<Condition.Has>().Any(has => FieldNeeds.PathOf(has.Field) == CatalogueValues.FindingField);
        var lost = new LossTally();
        var isSeen = false;
        foreach (var each in _space.Of(condition))
        {
            var decision = policy.Decide(each.Request);
            foreach (var course in Courses(each, isForUnanswered))
            {
                if (Look(condition, fields, each, decision, course, wanted) is { } look)
                {
                    isSeen |= look.IsSeen;
                    if (look.Lost is not null)
                        lost.Add(look.Lost);
                }
            }
        }

        return new(!isSeen ? Visibility.Blind : !lost.IsEmpty ? Visibility.Partial : Visibility.Full, lost);
    }

    private static IEnumerable<Course> Courses(RequestClass each, bool isForUnanswered)
    {
        if (each.Caller.Kind == CallerKind.WhoFailed)
            return [Course.Refused];
        if (each.Request.IsLongRunning)
            return [Course.Long, Course.Panicked];
        return isForUnanswered ? [Course.Short, Course.Panicked, Course.Unanswered] : [Course.Short, Course.Panicked];
    }

    // Null where the condition matches nothing of them, whatever is recorded.
    private static (bool IsSeen, LostRequests? Lost)? Look(
        Condition condition, IReadOnlyList<Field> fields, RequestClass each, PolicyDecision decision, Course course, Func<PolicyRequest, AuditLevel>? wanted)
    {
        var demanded = course.Stages.Select(stage => (stage.Stage, Known: stage.Know(each.Known))).Where(stage => stage.Known.CanMeet(condition)).ToList();
        if (demanded.Count == 0)
            return null;
        var least = Highest(fields.Select(FieldNeeds.LeastLevel));
        var full = wanted?.Invoke(each.Request) ?? Highest(demanded.Select(stage => ConditionResidue.FullLevel(condition, stage.Known)).Concat(fields.Select(FieldNeeds.FullLevel)));
        var recorded = demanded.Where(stage => decision.Stages.HasFlag(stage.Stage)).ToList();
        var isSeen = decision.Level >= least && recorded.Exists(stage => stage.Known.At(decision.Level).CanMeet(condition));
        if (isSeen && decision.Level >= full)
            return (true, null);
        var kind = isSeen ? LossKind.SomeBodies
            : decision.Level == AuditLevel.None ? LossKind.Requests
            : recorded.Count == 0 ? LossKind.Stages
            : LossKind.Bodies;
        return (isSeen, new LostRequests(kind, each, decision.Rule, full, Needed(kind, demanded.Aggregate(AuditStages.None, (all, stage) => all | stage.Stage))));
    }

    // Of what is not recorded at all, later stages come with it.
    private static AuditStages Needed(LossKind kind, AuditStages demanded) => kind switch
    {
        LossKind.Stages => demanded,
        LossKind.Requests when demanded == AuditStages.RequestReceived => demanded,
        _ => AuditStages.None,
    };

    private static AuditLevel Highest(IEnumerable<AuditLevel> levels) => levels.DefaultIfEmpty(AuditLevel.Metadata).Max();
}
