using System.Collections.Immutable;
using Reeve.Detection.Needs;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Detection.Tests.Guide;

/// <summary>A file of the rules that come with Reeve, with the one rule in it that alerts.</summary>
/// <param name="Path">Its path below <c>content/rules</c>, without the extension.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Parts">The rules in it that only feed that one, in the order of the file.</param>
/// <param name="Needs">What it needs of the audit policy.</param>
internal sealed record ShippedFile(string Path, string Text, Rule Rule, IReadOnlyList<Rule> Parts, RuleNeeds Needs)
{
    /// <summary>All of them, by path.</summary>
    public static IReadOnlyList<ShippedFile> All { get; } = Read();

    /// <summary>The folder it is in.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>What the rule finds, in short: how its description begins.</summary>
    public string FirstSentence => Rule.Description.ReplaceLineEndings(" ").Split(". ")[0].TrimEnd(' ', '.') + ".";

    /// <summary>The lists that it names.</summary>
    public IEnumerable<string> Lists => ShippedLists.All.Values.Keys.Where(list => Text.Contains($"%{list}%", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>What follows a prefix in its tags, in their order.</summary>
    public IEnumerable<string> Tags(string prefix) => Rule.Tags.Where(tag => tag.StartsWith(prefix, StringComparison.Ordinal)).Select(tag => tag[prefix.Length..]);

    private static List<ShippedFile> Read()
    {
        var rules = RuleLoader.Read(ShippedRules.Files, SigmaOptions.Of(RuleLists.Empty)).Rules;
        ImmutableArray<Rule> all = [.. rules.Correlations, .. rules.Detections];
        return [.. ShippedRules.Files.Select(file =>
        {
            var own = all.Where(each => each.Place.File == file.Name).OrderBy(each => each.Place.Line).ToList();
            var rule = own.Single(each => each.Alerts);
            return new ShippedFile(System.IO.Path.ChangeExtension(file.Name, null), file.Text, rule, [.. own.Where(each => !each.Alerts)], RuleNeeds.Of(rule, rules));
        })];
    }
}
