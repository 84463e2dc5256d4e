using Reeve.Detection.Fields;

namespace Reeve.Detection.Conditions;

/// <summary>The parts of conditions.</summary>
internal static class ConditionParts
{
    /// <summary>Every condition within one, itself among them.</summary>
    public static IEnumerable<Condition> All(this Condition condition) => condition switch
    {
        Condition.All all => all.Parts.SelectMany(All).Prepend(condition),
        Condition.Any any => any.Parts.SelectMany(All).Prepend(condition),
        Condition.Not not => not.Inner.All().Prepend(condition),
        _ => [condition],
    };

    /// <summary>The conditions within one that speak for it: what stands under a "not" is left out.</summary>
    public static IEnumerable<Condition> Affirmed(this Condition condition) => condition switch
    {
        Condition.All all => all.Parts.SelectMany(Affirmed).Prepend(condition),
        Condition.Any any => any.Parts.SelectMany(Affirmed).Prepend(condition),
        Condition.Not => [],
        _ => [condition],
    };

    /// <summary>The paths it asks for.</summary>
    public static IEnumerable<string> Paths(this Condition condition) => condition.All().SelectMany(part => part switch
    {
        Condition.Has { Field: Field.Path path } => [path.Name],
        Condition.Exists { Field: Field.Path path } => [path.Name],
        Condition.IsNull { Field: Field.Path path } => [path.Name],
        Condition.Relates relates => new[] { relates.Left, relates.Right }.OfType<Field.Path>().Select(path => path.Name),
        _ => Enumerable.Empty<string>(),
    });

    /// <summary>The texts a path is compared with as a whole, wherever that stands.</summary>
    public static IEnumerable<string> TextsOf(this Condition condition, string path) => TextsOf(condition.All(), path);

    /// <summary>The texts that a path must be one of for the condition to hold by it.</summary>
    public static IEnumerable<string> AffirmedTextsOf(this Condition condition, string path) => TextsOf(condition.Affirmed(), path);

    private static IEnumerable<string> TextsOf(IEnumerable<Condition> parts, string path) => parts.OfType<Condition.Has>()
        .Where(has => has.Field is Field.Path own && own.Name == path)
        .SelectMany(has => Flat(has.Test)).OfType<ValueTest.Is>().Select(test => test.Text);

    private static IEnumerable<ValueTest> Flat(ValueTest test) => test is ValueTest.AnyOf any ? any.Tests.SelectMany(Flat) : [test];
}
