using Reeve.Audit.Findings;
using Reeve.Detection.Yaml;

namespace Reeve.EndToEnd.Rules;

/// <summary>The recorded scenarios and what must be raised in each, as <c>scenarios.yml</c> beside this file says. Immutable.</summary>
internal sealed class ScenarioFile
{
    private ScenarioFile(IReadOnlyDictionary<string, IReadOnlyList<Expectation>> scenarios, IReadOnlySet<string> odd) => (Scenarios, Odd) = (scenarios, odd);

    /// <summary>The file, read once.</summary>
    public static ScenarioFile Own { get; } = Read(Path.Combine(Repository.Root, "tests", "Reeve.EndToEnd", "Rules", "scenarios.yml"));

    /// <summary>What must be raised, by <c>folder/scenario</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Expectation>> Scenarios { get; }

    /// <summary>The scenarios, without their folders, that are odd input rather than attacks.</summary>
    public IReadOnlySet<string> Odd { get; }

    /// <summary>The log of a scenario; skips the test where there are no logs.</summary>
    public static string LogOf(string scenario)
    {
        var (folder, name) = (Path.GetDirectoryName(scenario)!, Path.GetFileName(scenario));
        var plain = Path.Combine(Repository.Shared("data", "audit", folder), name + ".jsonl");
        return File.Exists(plain) ? plain : plain + ".zst";
    }

    private static ScenarioFile Read(string path)
    {
        var (scenarios, odd) = (new Dictionary<string, IReadOnlyList<Expectation>>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (key, value) in ((YamlMapping)YamlTree.Parse(File.ReadAllText(path))!).Entries)
        {
            if (key.Value == "odd")
                odd.UnionWith(Texts(value));
            else
                scenarios.Add(key.Value, [.. ((YamlSequence)value).Items.Select(ExpectationOf)]);
        }

        return new ScenarioFile(scenarios, odd);
    }

    private static Expectation ExpectationOf(YamlNode node)
    {
        var keys = ((YamlMapping)node).Entries.ToDictionary(entry => entry.Key.Value, entry => entry.Value, StringComparer.Ordinal);
        var rows = keys.Remove("rows", out var listed) ? Texts(listed) : [];
        var level = keys.Remove("level", out var named) ? Text(named) : "";
        var actor = keys.Remove("actor", out var who) ? Text(who) : "";
        var thing = keys.Remove("object", out var what) ? Text(what) : null;
        return rows.Count > 0 && actor.Length > 0 && keys.Count == 0 && FindingLevels.TryParse(level, out var parsed)
            ? new Expectation([.. rows], parsed, actor, thing, node.Line)
            : throw new FormatException($"scenarios.yml:{node.Line}: an expectation has rows, level, actor and, unless any will do, object");
    }

    private static List<string> Texts(YamlNode list) => [.. ((YamlSequence)list).Items.Select(Text)];

    private static string Text(YamlNode scalar) => ((YamlScalar)scalar).Value;
}
