using System.Collections.Immutable;
using Reeve.Detection.Conditions;

namespace Reeve.Detection.Needs;

/// <summary>The resources and subresources whose requests a condition can match.</summary>
internal static class ResourceNeeds
{
    private const string Resource = "objectRef.resource";
    private const string Subresource = "objectRef.subresource";
    private const string Any = "*";

    // Of no resource and no subresource that a rule could name.
    private const string SomeOther = "\u0001";

    /// <summary>As an audit policy writes them: <c>pods</c>, <c>pods/exec</c>, <c>pods/*</c> for all below; empty where any will do.</summary>
    public static ImmutableArray<string> Of(Condition condition)
    {
        var (resources, all) = Named(condition, Resource);
        var found = new List<string>();
        if (!all || PartialEvent.Unknown.With(Resource, SomeOther).CanMeet(condition))
            found.AddRange(Below(condition, Any, all ? PartialEvent.Unknown.With(Resource, SomeOther) : PartialEvent.Unknown));
        foreach (var resource in resources)
            found.AddRange(Below(condition, resource, PartialEvent.Unknown.With(Resource, resource)).Where(each => !IsOneOf(each, resource, found)));
        return found.Contains(Any) && found.Contains("*/*") ? [] : [.. found];
    }

    private static IEnumerable<string> Below(Condition condition, string resource, PartialEvent known)
    {
        if (known.Without(Subresource).CanMeet(condition))
            yield return resource;
        var (subresources, all) = Named(condition, Subresource);
        if (!all || known.With(Subresource, SomeOther).CanMeet(condition))
        {
            yield return resource + "/*";
            yield break;
        }

        foreach (var subresource in subresources.Where(each => known.With(Subresource, each).CanMeet(condition)))
            yield return $"{resource}/{subresource}";
    }

    // Those of all resources count for each.
    private static bool IsOneOf(string one, string resource, List<string> found)
    {
        var of = Any + one[resource.Length..];
        return found.Contains(of) || (of.Length > 1 && found.Contains("*/*"));
    }

    // What a field is compared with, and whether that is all: not so where it is compared with patterns or with other fields.
    private static (IReadOnlyList<string> Texts, bool All) Named(Condition condition, string path)
    {
        var tests = condition.All().OfType<Condition.Has>().Where(has => FieldNeeds.PathOf(has.Field) == path).SelectMany(has => Flat(has.Test)).ToList();
        // As requests have them, however the rule writes them.
        var texts = tests.OfType<ValueTest.Is>().Select(test => test.Text.ToLowerInvariant()).Where(text => text.Length > 0);
        return ([.. texts.Distinct(StringComparer.Ordinal)], tests.TrueForAll(test => test is ValueTest.Is));
    }

    private static IEnumerable<ValueTest> Flat(ValueTest test) => test switch
    {
        ValueTest.AnyOf any => any.Tests.SelectMany(Flat),
        ValueTest.Not not => Flat(not.Inner),
        _ => [test],
    };
}
