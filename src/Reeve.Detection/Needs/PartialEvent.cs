using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching.Slots;

namespace Reeve.Detection.Needs;

/// <summary>
/// An event of which some fields are known and others are known to be absent, while nothing is known of the rest. Immutable.
/// </summary>
/// <param name="Values">What is known of the values of fields, by their paths; of a path that stands twice, the first.</param>
/// <param name="Absent">Roots at which and below which nothing stands, like <c>requestObject</c>.</param>
internal sealed record PartialEvent(ImmutableArray<(string Path, Known Known)> Values, ImmutableArray<string> Absent)
{
    // Before anything was done: the answer, the bodies, who it counts for and why it is allowed are not known yet.
    private static readonly string[] NotYet =
    [
        "responseStatus", "requestObject", "responseObject", "impersonatedUser", "annotations.authorization.k8s.io/decision", "annotations.authorization.k8s.io/reason",
    ];

    // Only what was received can be without an answer.
    private static readonly string[] NotAnyMore = [CatalogueValues.FindingField];

    /// <summary>Nothing is known.</summary>
    public static PartialEvent Unknown { get; } = new([], []);

    /// <summary>The same, recorded at a level.</summary>
    public PartialEvent At(AuditLevel level) => level switch
    {
        AuditLevel.RequestResponse => this,
        AuditLevel.Request => Without("responseObject"),
        _ => Without("requestObject").Without("responseObject"),
    };

    /// <summary>The same at a stage.</summary>
    public PartialEvent At(AuditStages stage) =>
        (stage == AuditStages.RequestReceived ? NotYet : NotAnyMore).Aggregate(With("stage", stage.ToString()), (known, root) => known.Without(root));

    /// <summary>The same with a field known, which has this one value.</summary>
    public PartialEvent With(string path, string text) => With(path, new Known.Text(text));

    /// <summary>The same with something known of a field.</summary>
    public PartialEvent With(string path, Known known) => this with { Values = Values.Insert(0, (path, known)) };

    /// <summary>The same with a root known to be absent.</summary>
    public PartialEvent Without(string root) => this with { Absent = Absent.Add(root) };

    /// <summary>Whether such an event can meet a condition, as far as is known.</summary>
    public bool CanMeet(Condition condition) => Meets(condition) != false;

    /// <summary>Whether such an event meets a condition: yes, no, or null where that depends on what is not known.</summary>
    public bool? Meets(Condition condition) => condition switch
    {
        Condition.Constant constant => constant.Value,
        Condition.All all => Joined(all.Parts, decisive: false),
        Condition.Any any => Joined(any.Parts, decisive: true),
        Condition.Not not => !Meets(not.Inner),
        Condition.Has has => Has(has),
        Condition.Exists exists => IsAbsent(exists.Field) ? false : KnownOf(exists.Field) is null ? null : true,
        Condition.IsNull isNull => IsAbsent(isNull.Field) ? true : KnownOf(isNull.Field) is null ? null : false,
        Condition.Relates relates => IsAbsent(relates.Left) || IsAbsent(relates.Right) ? false : null,
        _ => null,
    };

    /// <summary>Whether a field is known to have no value.</summary>
    public bool IsAbsent(Field field) => field switch
    {
        Field.Union union => union.Fields.All(IsAbsent),
        Field.Computed computed => computed.From.All(IsAbsent),
        _ => FieldNeeds.PathOf(field) is { } path && IsAbsent(path),
    };

    private bool? Joined(ImmutableArray<Condition> parts, bool decisive)
    {
        bool? joined = !decisive;
        foreach (var part in parts)
        {
            var met = Meets(part);
            if (met == decisive)
                return decisive;
            joined = met is null ? null : joined;
        }

        return joined;
    }

    private bool? Has(Condition.Has has)
    {
        if (IsAbsent(has.Field))
            return false;
        // Of all values together nothing is known but where there is one.
        return KnownOf(has.Field) is { } known && !(has.Every && known is not (Known.Text or Known.Beginning)) ? known.Passes(has.Test) : null;
    }

    private bool IsAbsent(string path)
    {
        foreach (var root in Absent)
        {
            if (path.StartsWith(root, StringComparison.Ordinal) && (path.Length == root.Length || path[root.Length] == '.'))
                return true;
        }

        return false;
    }

    private Known? KnownOf(Field field)
    {
        if (FieldNeeds.PathOf(field) is not { } path)
            return null;
        foreach (var value in Values)
        {
            if (value.Path == path)
                return value.Known;
        }

        return null;
    }
}
