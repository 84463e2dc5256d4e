using System.Collections.Immutable;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Server.Alerts.Rules;

/// <summary>
/// The rules of a server: those that come with Reeve and those of its files, read again when these change. A file with an error goes on
/// as it was read before, so that a slip of the pen switches nothing off; where it was never right, its other rules run. Thread-safe.
/// </summary>
internal sealed class RuleBook
{
    private readonly IReadOnlyList<string> _paths;
    private readonly IReadOnlyList<RuleFile> _shipped;
    private readonly IReadOnlyList<string> _listPaths;
    private RuleLists _lists = RuleLists.Empty;
    private readonly Dictionary<string, RuleFile> _right = new(StringComparer.Ordinal);
    private readonly Lock _loading = new();
    private RuleFileStamps _stamps = RuleFileStamps.None;
    private volatile LoadedRules? _current;

    /// <summary>Reads nothing yet.</summary>
    /// <param name="paths">Files and folders with rules.</param>
    /// <param name="lists">Files with the lists that rules name as placeholders.</param>
    /// <param name="withShipped">Whether the rules that come with Reeve run, too.</param>
    public RuleBook(IReadOnlyList<string> paths, IReadOnlyList<string> lists, bool withShipped) =>
        (_paths, _listPaths, _shipped) = (paths, lists, withShipped ? ShippedRules.Files : []);

    /// <summary>Whether files can change.</summary>
    public bool HasFiles => _paths.Count + _listPaths.Count > 0;

    /// <summary>The rules now.</summary>
    public LoadedRules Current
    {
        get
        {
            if (_current is null)
                Refresh();
            return _current!;
        }
    }

    /// <summary>Reads files that have changed; whether any had.</summary>
    public bool Refresh()
    {
        lock (_loading)
        {
            var stamps = RuleFileStamps.Of(_paths.Concat(_listPaths));
            if (_current is not null && stamps.Equals(_stamps))
                return false;
            var loaded = Load();
            (_stamps, _current) = (stamps, loaded);
            return true;
        }
    }

    private LoadedRules Load()
    {
        var problems = new List<RuleProblem>();
        var lists = RuleLists.Load(_listPaths);
        if (lists.Problems.Length == 0)
            _lists = lists;
        else
            problems.AddRange(lists.Problems.Select(problem => problem with { Message = $"{problem.Message}; the lists go on as they were before" }));
        var files = RuleLoader.Find(_paths, problems);
        var reading = Read(files);
        var broken = reading.Problems.Where(problem => problem.IsError).Select(problem => problem.Place.File).ToHashSet(StringComparer.Ordinal);
        var replaced = broken.Where(_right.ContainsKey).ToHashSet(StringComparer.Ordinal);
        foreach (var file in files.Where(file => !broken.Contains(file.Name)))
            _right[file.Name] = file;
        if (replaced.Count == 0)
            return new LoadedRules(reading.Rules, [.. problems, .. reading.Problems]) { Lists = _lists };
        var told = reading.Problems.Select(problem => replaced.Contains(problem.Place.File) && problem.IsError ? problem with { Message = $"{problem.Message}; the file goes on as it was before" } : problem);
        return new LoadedRules(Read(files.Select(file => replaced.Contains(file.Name) ? _right[file.Name] : file)).Rules, [.. problems, .. told]) { Lists = _lists };
    }

    private RuleReading Read(IEnumerable<RuleFile> files) => RuleLoader.Read(_shipped.Concat(files), SigmaOptions.Of(_lists));
}
