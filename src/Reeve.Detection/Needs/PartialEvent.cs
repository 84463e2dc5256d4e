using System.Collections.Immutable;
using System.Text.Json;
using Reeve.Audit.Policy;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching;

namespace Reeve.Detection.Needs;

/// <summary>
/// An event of which some fields are known and others are known to be absent, while nothing is known of the rest. Immutable.
/// </summary>
/// <param name="Texts">Fields with their only value, by their paths.</param>
/// <param name="Absent">Roots at which and below which nothing stands, like <c>requestObject</c>.</param>
internal sealed record PartialEvent(ImmutableDictionary<string, string> Texts, ImmutableArray<string> Absent)
{
    /// <summary>Nothing is known.</summary>
    public static PartialEvent Unknown { get; } = new(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal), []);

    /// <summary>What is known of an event by how much of it the audit policy records.</summary>
    public static PartialEvent At(AuditLevel level) => level switch
    {
        AuditLevel.Metadata => Unknown.Without("requestObject").Without("responseObject"),
        AuditLevel.Request => Unknown.Without("responseObject"),
        _ => Unknown,
    };

    /// <summary>The same with a field known.</summary>
    public PartialEvent With(string path, string text) => this with { Texts = Texts.SetItem(path, text) };

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
        Condition.Exists exists => IsAbsent(exists.Field) ? false : TextOf(exists.Field) is null ? null : true,
        Condition.IsNull isNull => IsAbsent(isNull.Field) ? true : TextOf(isNull.Field) is null ? null : false,
        Condition.Relates relates => IsAbsent(relates.Left) || IsAbsent(relates.Right) ? false : null,
        _ => null,
    };

    /// <summary>Whether a field is known to have no value.</summary>
    public bool IsAbsent(Field field) => field switch
    {
        Field.Union union => union.Fields.All(IsAbsent),
        Field.Computed computed => computed.From.All(IsAbsent),
        _ => FieldNeeds.PathOf(field) is { } path && Absent.Any(root => path == root || path.StartsWith(root + ".", StringComparison.Ordinal)),
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
        if (TextOf(has.Field) is not { } text || AsksForOthers(has.Test))
            return null;
        // What a test means is the matcher's to say.
        var known = has with { Field = new Field.Path("known") };
        return Matcher.Compile([known], []).NewSession().Match(JsonSerializer.SerializeToUtf8Bytes(new { known = text })).Count > 0;
    }

    // Values of fields are put in.
    private static bool AsksForOthers(ValueTest test) => test switch
    {
        ValueTest.IsExpanded => true,
        ValueTest.Not not => AsksForOthers(not.Inner),
        ValueTest.AnyOf any => any.Tests.Any(AsksForOthers),
        _ => false,
    };

    private string? TextOf(Field field) => FieldNeeds.PathOf(field) is { } path ? Texts.GetValueOrDefault(path) : null;
}
