namespace Reeve.Detection.Rules;

/// <summary>The rules that come with Reeve, from <c>content/rules</c>.</summary>
public static class ShippedRules
{
    private const string Prefix = "rules/";

    /// <summary>Their files, by name.</summary>
    public static IReadOnlyList<RuleFile> Files { get; } =
    [
        .. ShippedContent.Names
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new RuleFile(name[Prefix.Length..], ShippedContent.Text(name))),
    ];
}
