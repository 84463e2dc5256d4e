using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;
using YamlDotNet.Core;

namespace Reeve.Rules;

/// <summary>One test of a rule.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Events">An event, or a list of them.</param>
/// <param name="Fires">Whether a rule must raise an alert of them, or none may.</param>
internal sealed record RuleTest(RulePlace Place, YamlNode Events, bool Fires);

/// <summary>The tests in a file. Immutable.</summary>
/// <param name="All">The tests.</param>
/// <param name="Lists">What stands on the lists of placeholders while they run, in the place of what is given otherwise.</param>
/// <param name="Problems">What is wrong with the file.</param>
internal sealed record RuleTests(IReadOnlyList<RuleTest> All, RuleLists Lists, IReadOnlyList<RuleProblem> Problems)
{
    /// <summary>Where the tests of a rule file are: of <c>x.yaml</c> in <c>x.test.yaml</c> or <c>x.test.yml</c>.</summary>
    public static string PathOf(string rules)
    {
        var like = Path.ChangeExtension(rules, ".test" + Path.GetExtension(rules));
        return File.Exists(like) ? like : Path.ChangeExtension(rules, ".test.yml");
    }

    /// <summary>Reads a file; what is wrong with it is among its problems.</summary>
    public static RuleTests Read(string file)
    {
        try
        {
            return YamlTree.Parse(File.ReadAllText(file)) is YamlMapping mapping
                ? Of(file, mapping)
                : new RuleTests([], RuleLists.Empty, [new RuleProblem(new RulePlace(file), "the file must have the keys 'fires' and 'quiet'")]);
        }
        catch (YamlException failure)
        {
            return new RuleTests([], RuleLists.Empty, [new RuleProblem(new RulePlace(file, (int)failure.Start.Line, (int)failure.Start.Column), failure.Message)]);
        }
    }

    /// <summary>Reads the tests in a block of a file; what is wrong with it is among its problems.</summary>
    public static RuleTests Of(string file, YamlMapping block)
    {
        var (tests, lists, problems) = (new List<RuleTest>(), RuleLists.Empty, new List<RuleProblem>());
        foreach (var (key, value) in block.Entries)
        {
            if (key.Value == "lists")
                lists = RuleLists.Of(file, value);
            else if (key.Value is "fires" or "quiet" && value is YamlSequence list)
                tests.AddRange(list.Items.Select(item => new RuleTest(new RulePlace(file, item.Line, item.Column), item, key.Value == "fires")));
            else
                problems.Add(new RuleProblem(new RulePlace(file, key.Line, key.Column), $"'{key.Value}' is none of the lists 'fires' and 'quiet', nor 'lists'"));
        }

        return new RuleTests(tests, lists, [.. problems, .. lists.Problems]);
    }
}
