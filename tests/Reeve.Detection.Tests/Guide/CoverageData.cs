using Reeve.Detection.Yaml;

namespace Reeve.Detection.Tests.Guide;

/// <summary>What stands under an id in a file of <c>content/coverage</c>.</summary>
/// <param name="Id">The id, like <c>b034</c>, <c>T1609</c> or <c>MS-TA9006</c>.</param>
/// <param name="Name">What it is called, or is about.</param>
/// <param name="Tactics">Of techniques, what they are a step to.</param>
/// <param name="Missing">Why no rule is for it; empty where one has to be.</param>
/// <param name="Partly">What of it the log does not show; empty where it shows all, or nothing.</param>
/// <param name="IsOurs">Of techniques of ATT&amp;CK, whether it is one of the platform Containers.</param>
internal sealed record CoverageItem(string Id, string Name, IReadOnlyList<string> Tactics, string Missing, string Partly, bool IsOurs)
{
    /// <summary>Whether the log shows it, and what not.</summary>
    public string Seen => Missing.Length > 0 ? $"no: {Missing}" : Partly.Length > 0 ? $"partly: {Partly}" : "yes";
}

/// <summary>The behaviours and techniques that rules can be for, in the order of their files.</summary>
internal static class CoverageData
{
    /// <summary>The rows of the catalogue of behaviours.</summary>
    public static IReadOnlyList<CoverageItem> Behaviours { get; } = Read("behaviours.yml", "what", "leftout");

    /// <summary>The techniques of MITRE ATT&amp;CK.</summary>
    public static IReadOnlyList<CoverageItem> Attack { get; } = Read("attack.yml", "name", "unseen");

    /// <summary>The techniques of Microsoft's Threat Matrix for Kubernetes.</summary>
    public static IReadOnlyList<CoverageItem> ThreatMatrix { get; } = Read("threat-matrix.yml", "name", "unseen");

    /// <summary>The one with an id, however that is written.</summary>
    public static CoverageItem Of(this IReadOnlyList<CoverageItem> items, string id) => items.First(item => item.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    private static List<CoverageItem> Read(string file, string name, string missing)
    {
        var path = Path.Combine(Repository.Root, "content/coverage", file);
        return [.. new YamlBlock(path, YamlTree.Parse(File.ReadAllText(path))!, "the file").Entries.Select(entry =>
        {
            var item = new YamlBlock(path, entry.Value, $"'{entry.Key.Value}'");
            return new CoverageItem(
                entry.Key.Value, item.Text(name), [.. item.Texts("tactics").Select(tactic => tactic.Value)], item.Text(missing), item.Text("partly"), item.Text("containers") != "false");
        })];
    }
}
