using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Detection.Tests.Rules;

public sealed class RuleLoaderTests : IDisposable
{
    private const string Falco = "- rule: falco\n  desc: d\n  source: k8s_audit\n  condition: ka.verb=get\n  output: o\n  priority: INFO\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folders_are_read_through_but_for_tests_and_other_files()
    {
        _folder.Write("a.yml", Sigma("a"));
        _folder.Write("below/b.yaml", Sigma("b"));
        _folder.Write("a.test.yml", "fires: []\n");
        _folder.Write("readme.md", "# no rule");
        _folder.Write("f.yaml", Falco);

        var reading = RuleLoader.Load([_folder.Path], new SigmaOptions());

        Assert.Empty(reading.Problems);
        Assert.Equal(["a", "b", "falco"], reading.Rules.Detections.Select(rule => rule.Title));
        Assert.Equal([RuleFormat.Sigma, RuleFormat.Sigma, RuleFormat.Falco], reading.Rules.Detections.Select(rule => rule.Format));
    }

    [Fact]
    public void Good_rules_run_beside_broken_ones()
    {
        _folder.Write("good.yml", Sigma("good"));
        _folder.Write("no-yaml.yml", "title: [\n");
        _folder.Write("wrong.yml", Sigma("wrong").Replace("condition: a", "condition: b", StringComparison.Ordinal) + "---\n" + Sigma("beside"));

        var reading = RuleLoader.Load([_folder.Path], new SigmaOptions());

        Assert.Equal(["good", "beside"], reading.Rules.Detections.Select(rule => rule.Title));
        Assert.Equal([_folder["no-yaml.yml"], _folder["wrong.yml"]], reading.Problems.Select(problem => problem.Place.File));
        Assert.All(reading.Problems, problem => Assert.True(problem.IsError && problem.Place.Line > 0));
    }

    [Fact]
    public void An_id_that_is_taken_is_an_error_that_names_both_places()
    {
        _folder.Write("1.yml", Sigma("first", id: "same"));
        _folder.Write("2.yml", Sigma("second", id: "same"));

        var reading = RuleLoader.Load([_folder.Path], new SigmaOptions());

        Assert.Equal("first", Assert.Single(reading.Rules.Detections).Title);
        Assert.Equal($"{_folder["2.yml"]}:1:1: the id 'same' is taken: {_folder["1.yml"]}:1:1 has it already", Assert.Single(reading.Problems).ToString());
    }

    [Fact]
    public void A_rule_without_an_id_has_the_same_one_at_every_start()
    {
        string Id(string title) => Assert.Single(RuleLoader.Read([new RuleFile("r.yml", Sigma(title, id: ""))], new SigmaOptions()).Rules.Detections).Id;

        Assert.Equal(Id("a"), Id("a"));
        Assert.NotEqual(Id("a"), Id("b"));
        Assert.True(Guid.TryParse(Id("a"), out _));
    }

    [Fact]
    public void A_file_that_is_named_twice_is_read_once()
    {
        _folder.Write("a.yml", Sigma("a"));

        var reading = RuleLoader.Load([_folder.Path, _folder["a.yml"]], new SigmaOptions());

        Assert.Empty(reading.Problems);
        Assert.Single(reading.Rules.Detections);
    }

    [Fact]
    public void What_cannot_be_read_is_said()
    {
        _folder.Write("large.yml", new string('#', RuleFile.Largest + 1));
        Directory.CreateDirectory(_folder["empty"]);

        var reading = RuleLoader.Load([_folder["large.yml"], _folder["empty"], _folder["gone.yml"]], new SigmaOptions());

        Assert.Equal(
            [
                $"{_folder["large.yml"]}: the file has {RuleFile.Largest + 1} bytes; a rule file has {RuleFile.Largest} at most",
                $"{_folder["empty"]}: there is no .yml or .yaml file in this folder",
                $"{_folder["gone.yml"]}: there is no such file or folder",
            ],
            reading.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void Links_to_folders_are_remarked_on_and_links_to_files_are_read()
    {
        _folder.Write("..data/a.yml", Sigma("a"));
        File.CreateSymbolicLink(_folder["a.yml"], Path.Combine("..data", "a.yml"));
        Directory.CreateSymbolicLink(_folder["round"], _folder.Path);

        var reading = RuleLoader.Load([_folder.Path], new SigmaOptions());

        Assert.Equal(_folder["a.yml"], Assert.Single(reading.Rules.Detections).Place.File);
        Assert.Equal($"{_folder["round"]}: links to folders are not followed; name the folder itself", Assert.Single(reading.Problems).ToString());
        Assert.False(reading.HasErrors);
    }

    private static string Sigma(string title, string? id = null) =>
        $"title: {title}\n{(id == "" ? "" : $"id: {id ?? title}\n")}level: low\ndetection:\n  a: {{ verb: get }}\n  condition: a\n";
}
