using Reeve.Server.Pipeline;

namespace Reeve.Server.Sources.Files;

/// <summary>Tells the registry what a file source is doing.</summary>
internal sealed class FileSourceReport(SourceIdentity source, SourceRegistry registry, SourceCounts counts)
{
    /// <summary>Reports the state after one round over all files.</summary>
    /// <param name="files">The files and how far each was read.</param>
    /// <param name="failures">Why a file cannot be read, by path.</param>
    /// <param name="caughtUp">Whether there was nothing left to read in this round.</param>
    public void Update(OpenFiles files, IReadOnlyDictionary<string, string> failures, bool caughtUp)
    {
        var totals = counts.Of(source.Name);
        registry.Report(new(
            source.Name,
            source.Kind,
            source.Cluster,
            State(files, failures, caughtUp),
            totals.Events,
            totals.LastReceived,
            files.All.Sum(file => Math.Min(file.FilePosition, file.Size)),
            files.All.Sum(file => file.Size),
            Message(files, failures),
            totals.Duplicates,
            totals.Unreadable,
            totals.Truncated));
    }

    /// <summary>Reports that nothing is read for the moment.</summary>
    /// <param name="reason">What is waited for.</param>
    public void Waiting(string? reason)
    {
        var before = registry.Snapshot().FirstOrDefault(status => status.Name == source.Name);
        registry.Report((before ?? new(source.Name, source.Kind, source.Cluster, SourceState.Waiting)) with
        {
            State = SourceState.Waiting,
            Message = reason ?? "the journal is busy",
        });
    }

    /// <summary>Reports that the source ended.</summary>
    public void Failed(string reason) => registry.Report(
        new(source.Name, source.Kind, source.Cluster, SourceState.Failed, counts.Of(source.Name).Events, Message: reason));

    private static SourceState State(OpenFiles files, IReadOnlyDictionary<string, string> failures, bool caughtUp)
    {
        if (!caughtUp)
            return SourceState.Importing;
        return failures.Count > 0 && failures.Count >= files.All.Count ? SourceState.Failed : SourceState.Following;
    }

    private static string? Message(OpenFiles files, IReadOnlyDictionary<string, string> failures)
    {
        if (failures.FirstOrDefault() is { Key: { } path } failure)
            return $"cannot read {path}: {failure.Value}" + (failures.Count > 1 ? $" (and {failures.Count - 1} others)" : "");
        if (files.Found.Missing.Count > 0)
            return $"{files.Found.Missing[0]} does not exist yet; it is read as soon as it does";
        if (files.All.Count == 0)
            return "no log files found; in a folder, files named *.log*, *.json, *.jsonl or *.ndjson are read (also .gz, .zst)";
        return files.Found.Skipped > 0 ? $"{files.Found.Skipped} files are not named like logs and were skipped" : null;
    }
}
