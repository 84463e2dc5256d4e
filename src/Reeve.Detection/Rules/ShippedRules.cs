using System.Reflection;

namespace Reeve.Detection.Rules;

/// <summary>The rules and lists that come with Reeve, from <c>content</c>.</summary>
public static class ShippedRules
{
    private const string Prefix = "rules/";
    private const string ListsName = "lists.yaml";

    private static readonly Assembly Own = Assembly.GetExecutingAssembly();

    /// <summary>The files of the rules, by name.</summary>
    public static IReadOnlyList<RuleFile> Files { get; } =
    [
        .. Own.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new RuleFile(name[Prefix.Length..], Text(name))),
    ];

    /// <summary>The lists that these rules name, with nothing on them: a team fills its own.</summary>
    public static RuleLists Lists { get; } = RuleLists.Read([new RuleFile(ListsName, Text(ListsName))]);

    private static string Text(string name)
    {
        using var reader = new StreamReader(Own.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
