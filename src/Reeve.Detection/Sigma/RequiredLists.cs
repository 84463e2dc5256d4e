using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma;

/// <summary>Reeve's own key <c>requires-lists</c>: the lists without which a rule means nothing.</summary>
internal static class RequiredLists
{
    /// <summary>Makes sure that they were given, if only with nothing on them.</summary>
    /// <exception cref="RuleFormatException">One was not.</exception>
    public static void Check(YamlBlock block, SigmaOptions options)
    {
        foreach (var list in block.Texts("requires-lists").Where(list => !options.Placeholders.ContainsKey(list.Value)))
            throw block.Wrong(list, $"there is no list '{list.Value}'; give it by --lists or rules.lists, [] where nothing is on it");
    }

    /// <summary>Whether nothing is on one of them.</summary>
    public static bool AreEmpty(IEnumerable<string> lists, SigmaOptions options) => lists.Any(list => options.Placeholders[list].IsEmpty);
}
