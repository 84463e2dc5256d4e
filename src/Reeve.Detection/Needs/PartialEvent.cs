using System.Collections.Immutable;
using System.Text.Json;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching;

namespace Reeve.Detection.Needs;

/// <summary>
/// An event of which some fields are known and others are known to be absent, while nothing is known of the rest. Immutable.
/// </summary>
/// <param name="Texts">Fields with their only value, by their paths.</param>
/// <param name="Absent">Roots below which nothing stands, like <c>requestObject</c>.</param>
internal sealed record PartialEvent(ImmutableDictionary<string, string> Texts, ImmutableArray<string> Absent)
{
    /// <summary>Nothing is known.</summary>
    public static PartialEvent Unknown { get; } = new(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal), []);

    /// <summary>The same with a field known.</summary>
    public PartialEvent With(string path, string text) => this with { Texts = Texts.SetItem(path, text) };

    /// <summary>The same with a root known to be absent.</summary>
    public PartialEvent Without(string root) => this with { Absent = Absent.Add(root) };

    /// <summary>Whether such an event meets a condition: yes, no, or null where that depends on what is not known.</summary>
    public bool? Meets(Condition condition) => condition switch
    {
        Condition.Constant constant => constant.Value,
        Condition.All all => Joined(all.Parts, decisive: false),
        Condition.Any any => Joined(any.Parts, decisive: true),
        Condition.Not not => !Meets(not.Inner),
        Condition.Has has => Has(has),
        Condition.Exists exists => IsAbsent(exists.Field) ? false : TextOf(exists.Field) is null ? null : true,
        Condition.IsNull isNull => IsAbsent(isNull.Field) ? true : TextOf(isNull.Field) is { } text ? text.Length == 0 : null,
        Condition.Relates relates => IsAbsent(relates.Left) || IsAbsent(relates.Right) ? false : null,
        _ => null,
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
        if (has.Field is not Field.Path path || TextOf(has.Field) is not { } text)
            return null;
        if (text.Length == 0)
            return false;
        // What a test means is the matcher's to say.
        var json = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { [path.Name] = text });
        return Matcher.Compile([has], []).NewSession().Match(json).Count > 0;
    }

    private string? TextOf(Field field) => field is Field.Path path ? Texts.GetValueOrDefault(path.Name) : null;

    private bool IsAbsent(Field field) => field switch
    {
        Field.Path path => Absent.Any(root => path.Name == root || path.Name.StartsWith(root + ".", StringComparison.Ordinal)),
        Field.Pointer pointer => Absent.Any(root => pointer.Text == "/" + root || pointer.Text.StartsWith($"/{root}/", StringComparison.Ordinal)),
        Field.Union union => union.Fields.All(IsAbsent),
        Field.Computed computed => computed.From.All(IsAbsent),
        _ => false,
    };
}
