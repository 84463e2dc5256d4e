using Reeve.Detection.Yaml;

namespace Reeve.Detection.Tests.Guide;

/// <summary>What stands under an id in a file of <c>content/coverage</c>.</summary>
/// <param name="Id">The id, like <c>b034</c>, <c>T1609</c> or <c>MS-TA9006</c>.</param>
/// <param name="Name">What it is called, or is about.</param>
/// <param name="Missing">Why no rule is for it; empty where one has to be.</param>
/// <param name="IsOurs">Of techniques of ATT&amp;CK, whether it is one of the platform Containers.</param>
internal sealed record CoverageItem(string Id, string Name, string Missing, bool IsOurs);

/// <summary>The behaviours and techniques that rules can be for, in the order of their files.</summary>
internal static class CoverageData
{
    /// <summary>The rows of the catalogue of behaviours.</summary>
    public static IReadOnlyList<CoverageItem> Behaviours { get; } = Read("behaviours.yml", "what", "leftout");

    /// <summary>The techniques of MITRE ATT&amp;CK.</summary>
    public static IReadOnlyList<CoverageItem> Attack { get; } = Read("attack.yml", "name", "unseen");

    /// <summary>The techniques of Microsoft's Threat Matrix for Kubernetes.</summary>
    public static IReadOnlyList<CoverageItem> ThreatMatrix { get; } = Read("threat-matrix.yml", "name", "unseen");

    /// <summary>The name of a technique of ATT&amp;CK.</summary>
    public static string NameOf(string technique) => Attack.First(item => item.Id.Equals(technique, StringComparison.OrdinalIgnoreCase)).Name;

    private static List<CoverageItem> Read(string file, string name, string missing)
    {
        var path = Path.Combine(Repository.Root, "content/coverage", file);
        return [.. new YamlBlock(path, YamlTree.Parse(File.ReadAllText(path))!, "the file").Entries.Select(entry =>
        {
            var item = new YamlBlock(path, entry.Value, $"'{entry.Key.Value}'");
            return new CoverageItem(entry.Key.Value, item.Text(name), item.Text(missing), item.Text("containers") != "false");
        })];
    }
}
