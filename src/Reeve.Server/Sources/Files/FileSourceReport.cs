using Reeve.Server.Pipeline;

namespace Reeve.Server.Sources.Files;

/// <summary>Tells the registry what a file source is doing.</summary>
/// <param name="identify">Which source it is, and the cluster its path belongs to now.</param>
/// <param name="registry">Who is told.</param>
/// <param name="senders">What the source delivered.</param>
/// <param name="ends">Is told when everything was read that there is; null for nobody.</param>
internal sealed class FileSourceReport(Func<SourceIdentity> identify, SourceRegistry registry, SenderRegistry senders, InputEnds? ends = null)
{
    /// <summary>Reports the state after one round over all files.</summary>
    /// <param name="files">The files and how far each was read.</param>
    /// <param name="failures">Why a file cannot be read, by path.</param>
    /// <param name="caughtUp">Whether there was nothing left to read in this round.</param>
    /// <param name="journalled">The journal's position below which everything that was read is; 0 while that is not known.</param>
    public void Update(OpenFiles files, IReadOnlyDictionary<string, string> failures, bool caughtUp, ulong journalled)
    {
        var source = identify();
        TellEnd(source.Name, files, caughtUp, journalled);
        var totals = senders.TotalsOf(source.Name);
        registry.Report(new(
            source.Name,
            source.Kind,
            source.Cluster,
            State(files, failures, caughtUp),
            totals.Events,
            totals.LastEvent,
            files.All.Sum(file => Math.Min(file.FilePosition, file.Size)),
            files.All.Sum(file => file.Size),
            Message(files, failures),
            totals.Duplicates,
            totals.Unreadable,
            totals.Cut));
    }

    /// <summary>Reports that nothing is read for the moment.</summary>
    /// <param name="reason">What is waited for.</param>
    public void Waiting(string? reason)
    {
        var source = identify();
        var before = registry.Snapshot().FirstOrDefault(status => status.Name == source.Name);
        registry.Report((before ?? new(source.Name, source.Kind, source.Cluster, SourceState.Waiting)) with
        {
            State = SourceState.Waiting,
            Message = reason ?? "the journal is busy",
        });
    }

    /// <summary>Reports that the source ended.</summary>
    public void Failed(string reason)
    {
        var source = identify();
        ends?.Remove(source.Name);
        registry.Report(new(source.Name, source.Kind, source.Cluster, SourceState.Failed, senders.TotalsOf(source.Name).Events, Message: reason));
    }

    // A file that cannot be read now and may be later has more to tell.
    private void TellEnd(string source, OpenFiles files, bool caughtUp, ulong journalled)
    {
        if (caughtUp && journalled > 0 && !files.All.Any(file => file is { IsPaused: true, IsDamaged: false }))
            ends?.Reach(source, new InputEnd(journalled, files.All.ToDictionary(file => file.Cursor.Stream, file => file.LastWrite)));
        else
            ends?.Behind(source);
    }

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
