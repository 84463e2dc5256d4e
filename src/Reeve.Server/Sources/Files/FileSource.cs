using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Reeve.Server.Pipeline;

namespace Reeve.Server.Sources.Files;

/// <summary>
/// Reads log files and folders: what is there, then what is appended, through rotation and restarts. A file's cursor
/// is saved only after everything before it is fsynced in the journal.
/// </summary>
/// <remarks>
/// One loop reads all files in turns of a few MiB, so that a large import cannot starve a live log. A last line without
/// a line break is taken as it stands once its file has not changed for <see cref="FileSourceOptions.LastLineAfter"/>.
/// </remarks>
internal sealed partial class FileSource(
    FileSourceOptions options, OpenFiles files, FileCursors cursors, SourceIntake intake, FileSourceReport report,
    TimeProvider time, ILogger<FileSource> log) : ISource
{
    private readonly Dictionary<LogFile, FilePosition> _unsaved = [];
    private readonly Dictionary<string, string> _failures = new(StringComparer.Ordinal);
    private long _refreshed;

    /// <inheritdoc/>
    public string Name => options.Name;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken ct)
    {
        using var open = files;
        using var own = intake;
        files.Restore(cursors.Load());
        LogFound(options.Name, files.All.Count, files.Found.Skipped);
        foreach (var path in files.Found.Missing)
            LogMissing(options.Name, path);
        _refreshed = time.GetTimestamp();
        while (true)
        {
            var progressed = false;
            foreach (var file in files.All.ToList())
                progressed |= await ReadTurnAsync(file, ct);
            await SaveAsync(ct);
            report.Update(files, _failures, caughtUp: !progressed);
            if (!progressed)
                await Task.Delay(options.PollEvery, time, ct);
            if (time.GetElapsedTime(_refreshed) >= options.RefreshEvery)
                Refresh();
        }
    }

    /// <inheritdoc/>
    public void Fail(string reason) => report.Failed(reason);

    private void Refresh()
    {
        files.Refresh();
        _refreshed = time.GetTimestamp();
    }

    private async ValueTask<bool> ReadTurnAsync(LogFile file, CancellationToken ct)
    {
        try
        {
            if (!HasMore(file))
                return false;
            var begun = file.Offset;
            await ReadAsync(file, ct);
            if (!file.IsDamaged)
                _failures.Remove(file.Path);
            return file.Offset > begun;
        }
        catch (FileReplacedException)
        {
            files.End(file);
            files.FollowRotation(file.Cursor);
            Refresh();
        }
        catch (Exception failure) when (LogContent.IsReadFailure(failure))
        {
            Fail(file, failure);
        }

        return false;
    }

    private bool HasMore(LogFile file)
    {
        if (file.IsPaused)
            return false;
        if (file.SizeAtEnd < 0 || file.HasGrown())
            return true;
        if (file.HasPartialLine && IsQuiet(file))
            return true;
        if (file.IsGone && !_unsaved.ContainsKey(file))
            files.End(file);
        return false;
    }

    private async ValueTask ReadAsync(LogFile file, CancellationToken ct)
    {
        var begun = file.Offset;
        while (file.Offset == begun || file.Offset - begun < options.Turn)
        {
            var more = file.TryReadMore();
            while (file.TryTakeLine(out var line))
                Take(file, line);
            if (!more)
            {
                if (IsQuiet(file) && file.TryTakeRest(out var rest))
                    Take(file, rest);
                file.ReachEnd();
                break;
            }

            if (intake.PendingBytes >= options.Batch)
                await SubmitAsync(ct);
        }

        await SubmitAsync(ct);
    }

    private void Take(LogFile file, FramedLine line)
    {
        intake.Add(line.Bytes, line.Tail, new(file.Cursor.Stream, file.Offset, file.Line));
        _unsaved[file] = new(file.Offset, file.Line);
    }

    private async ValueTask SubmitAsync(CancellationToken ct)
    {
        if (intake.PendingBytes > 0)
            await intake.SubmitAsync(ct);
    }

    private async ValueTask SaveAsync(CancellationToken ct)
    {
        await SubmitAsync(ct);
        if (_unsaved.Count == 0)
            return;
        var end = await intake.WhenSafeAsync(ct);
        cursors.Save(Positions().ToList(), end);
        foreach (var file in _unsaved.Keys.Where(file => file is { IsCompressed: true, SizeAtEnd: >= 0, HasPartialLine: false }))
            file.Close();
        _unsaved.Clear();
    }

    private IEnumerable<FileCursor> Positions()
    {
        foreach (var (file, position) in _unsaved)
        {
            FileCursor? cursor = null;
            try
            {
                cursor = file.CursorAt(position.Offset, position.Line);
            }
            catch (Exception failure) when (LogContent.IsReadFailure(failure))
            {
                Fail(file, failure);
            }

            if (cursor is not null)
                yield return cursor;
        }
    }

    // Compressed and vanished files do not grow; a live one is given time to finish its line.
    private bool IsQuiet(LogFile file) =>
        file.IsGone || time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(file.Path) >= options.LastLineAfter;

    private void Fail(LogFile file, Exception failure)
    {
        var reason = failure.Message.ReplaceLineEndings(" ");
        if (!_failures.TryGetValue(file.Path, out var known) || known != reason)
            LogUnreadable(options.Name, file.Path, file.Offset, reason);
        _failures[file.Path] = reason;
        file.Pause(failure);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct FilePosition(long Offset, long Line);

    [LoggerMessage(1, LogLevel.Information, "Source {Source}: reading {Files} files, {Skipped} others are not named like logs and were skipped")]
    private partial void LogFound(string source, int files, int skipped);

    [LoggerMessage(2, LogLevel.Warning, "Source {Source}: {Path} does not exist; it is read as soon as it does")]
    private partial void LogMissing(string source, string path);

    [LoggerMessage(3, LogLevel.Warning, "Source {Source}: cannot read {Path} after byte {Offset}: {Reason}; tried again when the file changes")]
    private partial void LogUnreadable(string source, string path, long offset, string reason);
}
