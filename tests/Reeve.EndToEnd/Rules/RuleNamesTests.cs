using System.Text.RegularExpressions;
using Reeve.Detection.Yaml;

namespace Reeve.EndToEnd.Rules;

/// <summary>Rules and questions that knew the recorded logs by name would find nothing elsewhere.</summary>
public sealed partial class RuleNamesTests
{
    // Names in the logs that are words as well: a text may use them, a rule may not look for them.
    private static readonly string[] Words =
    [
        "api", "bad", "ci", "db", "denied", "deployer", "en", "etc", "ext", "few", "front", "lb", "many", "monitoring", "mutated", "nobody", "none", "now",
        "prometheus", "q", "settings", "sync", "upper", "warn", "web",
    ];

    [Fact]
    public void No_rule_no_list_and_no_question_names_what_the_recorded_logs_name()
    {
        var names = LoggedNames.Of(Repository.Shared("data", "audit"));
        Assert.Superset(new HashSet<string>(["alice", "shop", "debug-access"]), names.ToHashSet(StringComparer.Ordinal));
        var content = Path.Combine(Repository.Root, "content");

        var found = Directory.EnumerateFiles(Path.Combine(content, "rules"), "*.yml", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".test.yml", StringComparison.Ordinal))
            .Append(Path.Combine(content, "lists.yaml"))
            .Append(Path.Combine(content, "frameworks", "evidence.yml"))
            .Select(path => (Path: Path.GetRelativePath(Repository.Root, path), Names: NamesIn(File.ReadAllText(path), names)))
            .Where(file => file.Names.Count > 0)
            .Select(file => $"\n  {file.Path}: {string.Join(", ", file.Names)}")
            .Order(StringComparer.Ordinal);

        Assert.True(!found.Any(), $"names of the recorded logs:{string.Concat(found)}");
    }

    private static List<string> NamesIn(string text, IReadOnlySet<string> names)
    {
        var words = Word().Matches(text).Concat(LongWord().Matches(text)).Select(match => match.Value.TrimEnd('.')).Except(Words, StringComparer.OrdinalIgnoreCase);
        var values = YamlTree.ParseAll(text).SelectMany(Values).Select(value => value.Trim('*'));
        return [.. words.Concat(values).Where(names.Contains).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
    }

    // What rules look for, and what stands on lists; not how they call their selections.
    private static IEnumerable<string> Values(YamlNode document) => ((YamlMapping)document).Entries
        .Where(entry => entry.Key.Value is "detection" or "filter" || entry.Value is YamlSequence)
        .SelectMany(entry => Scalars(entry.Value));

    private static IEnumerable<string> Scalars(YamlNode node) => node switch
    {
        YamlMapping mapping => mapping.Entries.Where(entry => entry.Key.Value is not ("condition" or "rules")).SelectMany(entry => Scalars(entry.Value)),
        YamlSequence list => list.Items.SelectMany(Scalars),
        YamlScalar scalar => [scalar.Value],
        _ => [],
    };

    [GeneratedRegex(@"[\w-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex(@"[\w.@-]+", RegexOptions.NonBacktracking)]
    private static partial Regex LongWord();
}
