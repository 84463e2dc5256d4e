using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
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
    private long _unsavedBytes;
    private long _refreshed;
    private string? _stateFailure;

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
            report.Update(files, _failures, caughtUp: !progressed, intake.SafeEnd);
            if (!progressed)
                await Task.Delay(options.PollEvery, time, ct);
            if (time.GetElapsedTime(_refreshed) >= options.RefreshEvery)
                Refresh();
        }
    }

    /// <inheritdoc/>
    public void Fail(string reason) => report.Failed(reason);

    // New files get their cursors in the state database, which a full disk refuses: then they wait for the next look.
    private void Refresh()
    {
        _refreshed = time.GetTimestamp();
        try
        {
            files.Refresh();
            cursors.Release(intake.SafeEnd);
            StateIsWell();
        }
        catch (Exception failure) when (IsStateFailure(failure))
        {
            StateFailed(failure);
        }

        foreach (var path in _failures.Keys.Where(path => !files.All.Any(file => file.Path == path)).ToList())
            _failures.Remove(path);
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
            await SaveAsync(ct);
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
        {
            if (file.IsGone && file.Quiet >= options.LetGoAfter)
                files.End(file);
            return false;
        }

        if (file.HasGrown() || (file.HasPartialLine && IsQuiet(file)))
            return true;
        if (file.Quiet >= options.LetGoAfter)
            LetGo(file);
        return false;
    }

    // A renamed log may be written to for a while; one that stays as it is need not be held open.
    private void LetGo(LogFile file)
    {
        if (_unsaved.ContainsKey(file))
            return;
        if (file.IsGone)
            files.End(file);
        else
            file.Close();
    }

    private async ValueTask ReadAsync(LogFile file, CancellationToken ct)
    {
        var begun = file.Offset;
        await intake.SwitchAsync(options.Identify(file.Path), ct);
        while (file.Offset == begun || file.Offset - begun < options.Turn)
        {
            var more = file.TryReadMore();
            await TakeLinesAsync(file, ct);
            if (more)
                continue;
            if (IsQuiet(file))
                TakeRest(file);
            file.ReachEnd();
            return;
        }
    }

    private async ValueTask TakeLinesAsync(LogFile file, CancellationToken ct)
    {
        for (var isRest = file.IsInsideLine; file.TryTakeLine(out var line); isRest = false)
        {
            Take(file, line, isRest);
            if (intake.PendingBytes >= options.Batch)
                await SubmitAsync(ct);
            if (_unsavedBytes >= options.Turn)
                await SaveAsync(ct);
        }
    }

    private void TakeRest(LogFile file)
    {
        var isRest = file.IsInsideLine;
        if (file.TryTakeRest(out var line))
            Take(file, line, isRest);
    }

    private void Take(LogFile file, FramedRecord line, bool isRest)
    {
        intake.Add(line.Bytes, line.Tail, new(file.Cursor.Stream, file.Offset, file.Line), isRest);
        _unsaved[file] = new(file.Offset, file.Line);
        _unsavedBytes += line.Length;
    }

    private async ValueTask SubmitAsync(CancellationToken ct)
    {
        var submitted = intake.SubmitAsync(ct).AsTask();
        if (await Task.WhenAny(submitted, Task.Delay(options.RefreshEvery, time, ct)) != submitted)
            report.Waiting(intake.Blocked);
        await submitted;
    }

    // Until the cursors are saved nothing more is read: what is not saved must stay small enough for the journal.
    private async ValueTask SaveAsync(CancellationToken ct)
    {
        if (intake.PendingBytes > 0)
            await SubmitAsync(ct);
        while (_unsaved.Count > 0 && !TrySave(await intake.WhenSafeAsync(ct)))
        {
            report.Waiting(_stateFailure);
            await Task.Delay(options.RefreshEvery, time, ct);
        }
    }

    private bool TrySave(ulong end)
    {
        try
        {
            cursors.Save(Positions().ToList(), end);
            StateIsWell();
        }
        catch (Exception failure) when (IsStateFailure(failure))
        {
            StateFailed(failure);
            return false;
        }

        foreach (var file in _unsaved.Keys.Where(file => file is { IsCompressed: true, SizeAtEnd: >= 0, HasPartialLine: false }))
            file.Close();
        _unsaved.Clear();
        _unsavedBytes = 0;
        return true;
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

    // Compressed files do not grow; a live one is given time to finish its line. Its file system's clock counts only
    // where it says that the last write was long ago: one that runs ahead must not keep the line back for ever.
    private bool IsQuiet(LogFile file) =>
        file.IsCompressed
        || file.Quiet >= options.LastLineAfter
        || time.GetUtcNow().UtcDateTime - file.LastWrite >= options.LastLineAfter;

    private void Fail(LogFile file, Exception failure)
    {
        var reason = failure.Message.ReplaceLineEndings(" ");
        if (!_failures.TryGetValue(file.Path, out var known) || known != reason)
            LogUnreadable(options.Name, file.Path, file.Offset, reason);
        _failures[file.Path] = reason;
        file.Pause(failure);
    }

    private static bool IsStateFailure(Exception failure) =>
        failure is SqliteException or IOException or UnauthorizedAccessException;

    private void StateFailed(Exception failure)
    {
        if (_stateFailure is null)
            LogStateFailed(options.Name, failure.Message);
        _stateFailure = failure.Message;
    }

    private void StateIsWell()
    {
        if (_stateFailure is not null)
            LogStateIsWell(options.Name);
        _stateFailure = null;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct FilePosition(long Offset, long Line);

    [LoggerMessage(1, LogLevel.Information, "Source {Source}: reading {Files} files, {Skipped} others are not named like logs and were skipped")]
    private partial void LogFound(string source, int files, int skipped);

    [LoggerMessage(2, LogLevel.Warning, "Source {Source}: {Path} does not exist; it is read as soon as it does")]
    private partial void LogMissing(string source, string path);

    [LoggerMessage(3, LogLevel.Warning, "Source {Source}: cannot read {Path} after byte {Offset}: {Reason}; tried again when the file changes")]
    private partial void LogUnreadable(string source, string path, long offset, string reason);

    [LoggerMessage(4, LogLevel.Error, "Source {Source}: its cursors cannot be saved ({Reason}); it waits and goes on by itself")]
    private partial void LogStateFailed(string source, string reason);

    [LoggerMessage(5, LogLevel.Information, "Source {Source}: its cursors are saved again")]
    private partial void LogStateIsWell(string source);
}
