using System.Collections.Immutable;
using System.IO.Enumeration;
using Reeve.Detection.Falco;
using Reeve.Detection.Sigma;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Rules;

/// <summary>Reads rule files and folders, Sigma's and Falco's side by side; which is which shows their content.</summary>
public static class RuleLoader
{
    // Hidden folders hold what is no rule, or the same once more: a mounted ConfigMap has its files in "..data" too.
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden };

    /// <summary>
    /// Reads what stands at paths: files, and the <c>.yml</c> and <c>.yaml</c> files below folders but for tests and what is hidden. A
    /// file that two of them lead to is read once. Links to folders are remarked on and not followed, as they may lead round.
    /// </summary>
    public static RuleReading Load(IEnumerable<string> paths, SigmaOptions options)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var problems = new List<RuleProblem>();
        var reading = Read(Find(paths, problems), options);
        return reading with { Problems = [.. problems, .. reading.Problems] };
    }

    /// <summary>The files that <see cref="Load"/> reads, with their texts.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="problems">Takes what cannot be read.</param>
    public static IReadOnlyList<RuleFile> Find(IEnumerable<string> paths, ICollection<RuleProblem> problems) =>
        [.. FilesAt(paths, problems).Select(file => RuleFile.Read(file, problems)).OfType<RuleFile>()];

    /// <summary>The files that <see cref="Load"/> reads, as the places of rules name them.</summary>
    public static IReadOnlyList<string> FilesAt(IEnumerable<string> paths) => [.. FilesAt(paths, [])];

    /// <summary>Reads files whose texts are known.</summary>
    public static RuleReading Read(IEnumerable<RuleFile> files, SigmaOptions options)
    {
        var byFormat = files.ToLookup(file => YamlTree.BeginsWithList(file.Text));
        var sigma = SigmaReader.Read(byFormat[false], options);
        var falco = FalcoReader.Read(byFormat[true]);
        return new RuleReading(
            new RuleSet([.. sigma.Rules.Detections, .. falco.Rules.Detections], sigma.Rules.Correlations),
            [.. sigma.Problems.Concat(falco.Problems).OrderBy(problem => problem.Place.File, StringComparer.Ordinal).ThenBy(problem => problem.Place.Line)]);
    }

    private static IEnumerable<string> FilesAt(IEnumerable<string> paths, ICollection<RuleProblem> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return paths.SelectMany(path => Directory.Exists(path) ? RuleFilesIn(path, problems) : [path]).Where(file => seen.Add(Path.GetFullPath(file)));
    }

    private static List<string> RuleFilesIn(string folder, ICollection<RuleProblem> problems)
    {
        try
        {
            List<string> files =
            [
                .. EntriesIn(folder, (ref entry) => !entry.IsDirectory)
                    .Where(file => Path.GetExtension(file) is ".yml" or ".yaml" && !IsTest(file))
                    .Order(StringComparer.Ordinal),
            ];
            foreach (var link in EntriesIn(folder, (ref entry) => entry.IsDirectory && IsLink(ref entry)).Order(StringComparer.Ordinal))
                problems.Add(new RuleProblem(new RulePlace(link), "links to folders are not followed; name the folder itself", IsError: false, "linked-folder"));
            if (files.Count == 0)
                problems.Add(new RuleProblem(new RulePlace(folder), "there is no .yml or .yaml file in this folder"));
            return files;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(new RuleProblem(new RulePlace(folder), failure.Message));
            return [];
        }
    }

    private static FileSystemEnumerable<string> EntriesIn(string folder, FileSystemEnumerable<string>.FindPredicate includes) => new(folder, (ref entry) => entry.ToSpecifiedFullPath(), Below)
    {
        ShouldIncludePredicate = includes,
        ShouldRecursePredicate = (ref entry) => !IsLink(ref entry),
    };

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private static bool IsTest(string file) => file.EndsWith(".test.yml", StringComparison.Ordinal) || file.EndsWith(".test.yaml", StringComparison.Ordinal);
}
