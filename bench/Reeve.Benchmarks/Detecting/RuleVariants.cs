using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;

namespace Reeve.Benchmarks.Detecting;

/// <summary>Many rules made of some: in each copy one of its texts is another, as the rules of many teams differ.</summary>
internal static class RuleVariants
{
    /// <summary>The rules' conditions, so many times as many.</summary>
    public static IEnumerable<Condition> Of(RuleSet rules, int times)
    {
        var random = new Random(1);
        return rules.Detections.SelectMany(rule => Enumerable.Range(0, times).Select(copy => copy == 0 ? rule.Condition : Varied(rule.Condition, copy, random)));
    }

    private static Condition Varied(Condition condition, int copy, Random random) => condition switch
    {
        Condition.All { Parts.Length: > 0 } all => new Condition.All(all.Parts.SetItem(random.Next(all.Parts.Length) is var at ? at : 0, Varied(all.Parts[at], copy, random))),
        Condition.Any { Parts.Length: > 0 } any => new Condition.Any([.. any.Parts.Select(part => Varied(part, copy, random))]),
        Condition.Not not => new Condition.Not(Varied(not.Inner, copy, random)),
        Condition.Has has => has with { Test = Varied(has.Test, copy) },
        _ => condition,
    };

    private static ValueTest Varied(ValueTest test, int copy) => test switch
    {
        ValueTest.Is x => x with { Text = $"{x.Text}-{copy}" },
        ValueTest.StartsWith x => x with { Text = $"{x.Text}{copy}" },
        ValueTest.EndsWith x => x with { Text = $"{copy}{x.Text}" },
        ValueTest.Contains x => x with { Text = $"{x.Text}{copy}" },
        ValueTest.AnyOf x => new ValueTest.AnyOf([.. x.Tests.Select(one => Varied(one, copy))]),
        ValueTest.Not x => new ValueTest.Not(Varied(x.Inner, copy)),
        _ => test,
    };
}
