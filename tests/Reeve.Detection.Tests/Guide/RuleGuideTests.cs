namespace Reeve.Detection.Tests.Guide;

/// <summary>The pages of the guide that are made of the rules.</summary>
public sealed class RuleGuideTests
{
    private const string Update = "UPDATE_GOLDEN";
    private const int MostLeftOut = 6;

    private static readonly string Guide = Path.Combine(Repository.Root, "docs/guide");

    [Fact]
    public void Every_page_of_a_rule_says_what_the_rule_says()
    {
        var pages = ShippedFile.All.ToDictionary(file => $"rules/{file.Path}.md", RulePage.Of, StringComparer.Ordinal);
        pages.Add("rules/README.md", RuleIndex.Text());
        pages.Add("coverage.md", CoveragePage.Text());
        if (Environment.GetEnvironmentVariable(Update) == "1")
            Write(pages);

        var stale = pages.Where(page => !File.Exists(Path.Combine(Guide, page.Key)) || File.ReadAllText(Path.Combine(Guide, page.Key)) != page.Value).Select(page => page.Key).Concat(Forgotten(pages)).ToList();

        Assert.True(stale.Count == 0, $"{stale.Count} pages are stale, {stale.FirstOrDefault()} among them: run {Update}=1 ./test RuleGuideTests, look at the difference and commit it");
    }

    [Fact]
    public void Every_behaviour_has_a_rule_or_a_reason_and_not_both()
    {
        Assert.All(CoverageData.Behaviours, row => Assert.True(CoveragePage.For(row, "catalogue.").Count == 0 == row.Missing.Length > 0, row.Id));
        Assert.InRange(CoverageData.Behaviours.Count(row => row.Missing.Length > 0), 0, MostLeftOut);
        Assert.Equal(
            Enumerable.Range(1, 104).Select(number => $"b{number:d3}").Concat(Enumerable.Range(1, 19).Select(number => $"x{number:d2}")),
            CoverageData.Behaviours.Select(row => row.Id));
    }

    [Fact]
    public void Every_technique_has_a_rule_or_a_reason_and_not_both()
    {
        Assert.All(CoverageData.Attack, item => Assert.True(CoveragePage.For(item, "attack.").Count == 0 == item.Missing.Length > 0, item.Id));
        Assert.All(CoverageData.ThreatMatrix, item => Assert.True(CoveragePage.For(item, "threat-matrix.").Count == 0 == item.Missing.Length > 0, item.Id));
    }

    [Fact]
    public void Every_technique_has_a_tactic_and_is_seen_or_partly_or_not()
    {
        Assert.All(CoverageData.Attack.Concat(CoverageData.ThreatMatrix), item =>
        {
            Assert.NotEmpty(item.Tactics);
            Assert.True(item.Missing.Length == 0 || item.Partly.Length == 0, item.Id);
        });
        // Of the platform Containers in version 18; the Threat Matrix leaves out MS-TA9032.
        Assert.Equal(48, CoverageData.Attack.Count(item => item.IsOurs));
        Assert.Equal(Enumerable.Range(9001, 41).Where(number => number != 9032).Select(number => $"MS-TA{number}"), CoverageData.ThreatMatrix.Select(item => item.Id));
    }

    [Fact]
    public void Every_rule_is_for_something_that_is_known()
    {
        var known = CoverageData.Behaviours.Select(row => $"catalogue.{row.Id}")
            .Concat(CoverageData.Attack.Select(item => $"attack.{item.Id.ToLowerInvariant()}"))
            .Concat(CoverageData.ThreatMatrix.Select(item => $"threat-matrix.{item.Id.ToLowerInvariant()}"))
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(ShippedFile.All, file =>
        {
            Assert.NotEmpty(file.Tags("catalogue."));
            Assert.All(file.Rule.Tags.Where(tag => tag.Any(char.IsAsciiDigit)), tag => Assert.Contains(tag, known));
        });
    }

    [Fact]
    public void Every_rule_says_what_to_do_and_what_else_sets_it_off()
    {
        Assert.All(ShippedFile.All, file =>
        {
            Assert.Contains("What to do:", file.Rule.Description, StringComparison.Ordinal);
            Assert.NotEmpty(file.Rule.FalsePositives);
            Assert.NotEmpty(file.Needs.Stages);
        });
    }

    private static void Write(Dictionary<string, string> pages)
    {
        foreach (var (name, text) in pages)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Guide, name))!);
            File.WriteAllText(Path.Combine(Guide, name), text);
        }

        foreach (var page in Forgotten(pages))
            File.Delete(Path.Combine(Guide, page));
    }

    // Of rules that are no more.
    private static List<string> Forgotten(Dictionary<string, string> pages) => !Directory.Exists(Path.Combine(Guide, "rules")) ? [] :
        [.. Directory.EnumerateFiles(Path.Combine(Guide, "rules"), "*.md", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Guide, path)).Where(page => !pages.ContainsKey(page))];
}
