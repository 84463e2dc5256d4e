using System.Reflection;

namespace Reeve.Detection.Rules;

/// <summary>The rules that come with Reeve, from <c>content/rules</c>.</summary>
public static class ShippedRules
{
    private const string Prefix = "rules/";

    /// <summary>Their files, by name.</summary>
    public static IReadOnlyList<RuleFile> Files { get; } = Read(Assembly.GetExecutingAssembly());

    private static List<RuleFile> Read(Assembly assembly) =>
    [
        .. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return new RuleFile(name[Prefix.Length..], reader.ReadToEnd());
            }),
    ];
}
