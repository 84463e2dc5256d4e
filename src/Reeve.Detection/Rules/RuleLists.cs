using System.Collections.Immutable;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Rules;

/// <summary>
/// The lists that a team owns and rules name as placeholders (<c>%admins%</c>): YAML files, each a map of names to lists of texts.
/// Immutable.
/// </summary>
/// <param name="Values">The values by the names of their lists.</param>
/// <param name="Problems">What is wrong with the files; a list with a problem is not among the values.</param>
public sealed record RuleLists(ImmutableDictionary<string, ImmutableArray<string>> Values, ImmutableArray<RuleProblem> Problems)
{
    private const int LongestName = 128;

    /// <summary>No lists.</summary>
    public static RuleLists Empty { get; } = new(ImmutableDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal), []);

    /// <summary>Whether there is no list.</summary>
    public bool IsEmpty => Values.IsEmpty;

    /// <summary>Reads what stands at paths, each a file; all together are one set of lists.</summary>
    public static RuleLists Load(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var problems = new List<RuleProblem>();
        var files = paths.Select(path => RuleFile.Read(path, problems)).OfType<RuleFile>().ToList();
        var lists = Read(files);
        return lists with { Problems = [.. problems, .. lists.Problems] };
    }

    /// <summary>Reads files whose texts are known.</summary>
    public static RuleLists Read(IEnumerable<RuleFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var problems = new List<RuleProblem>();
        var places = new Dictionary<string, RulePlace>(StringComparer.Ordinal);
        var values = Empty.Values.ToBuilder();
        foreach (var file in files)
        {
            foreach (var document in RuleDocuments.Read(file, problems).Where(document => document is not YamlScalar { IsNull: true }))
                Add(file.Name, document, places, values, problems);
        }

        return new RuleLists(values.ToImmutable(), [.. problems]);
    }

    /// <summary>Reads a block of lists that stands in some other file.</summary>
    public static RuleLists Of(string file, YamlNode block)
    {
        var problems = new List<RuleProblem>();
        var values = Empty.Values.ToBuilder();
        Add(file, block, [], values, problems);
        return new RuleLists(values.ToImmutable(), [.. problems]);
    }

    private static void Add(string file, YamlNode document, Dictionary<string, RulePlace> places, ImmutableDictionary<string, ImmutableArray<string>>.Builder values, List<RuleProblem> problems)
    {
        if (document is not YamlMapping map)
        {
            problems.Add(new RuleProblem(new RulePlace(file, document.Line, document.Column), $"the file is {YamlBlock.Describe(document)}; lists are names with texts below, like 'admins: [alice, bob]'"));
            return;
        }

        foreach (var (key, node) in map.Entries)
        {
            var place = new RulePlace(file, key.Line, key.Column);
            try
            {
                if (key.Value.Length is 0 or > LongestName || key.Value.AsSpan().ContainsAny(" \\%"))
                    throw new RuleFormatException(place, $"'{key.Value}' is no name of a list: 1 to {LongestName} characters without blanks, backslashes and percent signs");
                if (!places.TryAdd(key.Value, place))
                    throw new RuleFormatException(place, $"the list '{key.Value}' is here a second time; {places[key.Value]} has it already");
                values.Add(key.Value, ValuesOf(file, key, node));
            }
            catch (RuleFormatException failure)
            {
                problems.Add(failure.Problem);
            }
        }
    }

    // An empty list is one nobody is on; nothing at all is a list that somebody forgot to write.
    private static ImmutableArray<string> ValuesOf(string file, YamlScalar key, YamlNode node) => node switch
    {
        YamlSequence list => [.. list.Items.Select(item => item is YamlScalar { IsNull: false } text ? text.Value : throw Wrong(file, item, $"a value of the list '{key.Value}' is {YamlBlock.Describe(item)}; it must be a text"))],
        YamlScalar { IsNull: false } text => [text.Value],
        _ => throw Wrong(file, node, $"the list '{key.Value}' is {YamlBlock.Describe(node)}; it must be a list of texts, [] for one with nothing on it"),
    };

    private static RuleFormatException Wrong(string file, YamlNode node, string message) => new(new RulePlace(file, node.Line, node.Column), message);
}
