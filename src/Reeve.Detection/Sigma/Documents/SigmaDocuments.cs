using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma.Documents;

/// <summary>
/// The documents of a file, its collections taken apart: <c>action: global</c> is put under all that follow, <c>repeat</c> under
/// the document before, <c>reset</c> forgets.
/// </summary>
internal static class SigmaDocuments
{
    /// <summary>Reads them; what is no YAML is a problem of the whole file.</summary>
    public static IReadOnlyList<YamlBlock> Read(RuleFile file, ICollection<RuleProblem> problems)
    {
        var blocks = new List<YamlBlock>();
        YamlMapping? global = null;
        YamlMapping? before = null;
        var nodes = 0;
        foreach (var document in RuleDocuments.Read(file, problems).Where(document => document is not YamlScalar { IsNull: true }))
        {
            try
            {
                if (Next(file.Name, document, ref global, ref before) is not { } block)
                    continue;
                nodes += Size(block.Node);
                if (nodes > SigmaLimits.Nodes)
                {
                    problems.Add(new RuleProblem(block.Place, $"from here on nothing is read: the rules of this file have more than {SigmaLimits.Nodes} keys and values, those of 'action: global' counted in each"));
                    break;
                }

                blocks.Add(block);
            }
            catch (RuleFormatException failure)
            {
                problems.Add(failure.Problem);
            }
        }

        return blocks;
    }

    private static YamlBlock? Next(string file, YamlNode document, ref YamlMapping? global, ref YamlMapping? before)
    {
        var block = new YamlBlock(file, document, "a rule");
        var mapping = (YamlMapping)document;
        switch (block.Text("action"))
        {
            case "":
                before = Under(global, mapping);
                break;
            case "global":
                global = Under(global, Without(mapping));
                return null;
            case "reset":
                global = before = null;
                return null;
            case "repeat":
                if (before is null)
                    throw block.Wrong(document, "'action: repeat' has no rule before it to repeat");
                before = Under(before, Without(mapping));
                break;
            case var other:
                throw block.Wrong(document, $"the action '{other}' is unknown; there are global, reset and repeat");
        }

        return new YamlBlock(file, before, "a rule");
    }

    private static YamlMapping Without(YamlMapping mapping) => mapping with { Entries = [.. mapping.Entries.Where(entry => entry.Key.Value != "action")] };

    // The keys of both, those of the upper where both have one; blocks within likewise.
    private static YamlMapping Under(YamlMapping? lower, YamlMapping upper)
    {
        if (lower is null)
            return upper;
        var entries = new List<(YamlScalar Key, YamlNode Value)>(lower.Entries);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < entries.Count; at++)
            places[entries[at].Key.Value] = at;
        foreach (var (key, value) in upper.Entries)
        {
            if (!places.TryGetValue(key.Value, out var at))
                entries.Add((key, value));
            else
                entries[at] = (key, entries[at].Value is YamlMapping below && value is YamlMapping above ? Under(below, above) : value);
        }

        return upper with { Entries = entries };
    }

    private static int Size(YamlNode node) => 1 + node switch
    {
        YamlMapping mapping => mapping.Entries.Sum(entry => Size(entry.Value)),
        YamlSequence list => list.Items.Sum(Size),
        _ => 0,
    };
}
