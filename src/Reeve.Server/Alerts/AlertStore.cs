using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Reeve.Detection.Alerts;
using Reeve.Server.State;

namespace Reeve.Server.Alerts;

/// <summary>
/// Keeps alerts in the state database. What a call returned from is on the disk. The same alert written again changes nothing, and
/// one that a replay has not brought as far as it was does not go back. Thread-safe; one thread writes what is raised.
/// </summary>
internal sealed partial class AlertStore(StateDatabase database, TimeProvider time, ILogger<AlertStore> log)
{
    /// <summary>The most characters of a note.</summary>
    public const int LongestNote = 2_000;

    // How many of an alert's events were written already.
    private readonly ConditionalWeakTable<Alert, StrongBox<int>> _written = [];
    private long _version;

    /// <summary>Changes whenever an alert does.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Keeps alerts that were raised or have grown, in one transaction.</summary>
    /// <returns>Those that are new.</returns>
    public IReadOnlyList<Alert> Write(IReadOnlyCollection<Alert> alerts)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        if (alerts.Count == 0)
            return [];
        var now = SqliteTime.Of(time.GetUtcNow().UtcDateTime);
        var added = database.Write(connection =>
        {
            var isNew = new List<Alert>();
            using var statement = new AlertStatement(connection);
            foreach (var alert in alerts)
            {
                var isKnown = _written.TryGetValue(alert, out var events);
                if (statement.Write(alert, now, out var number) && !isKnown)
                    isNew.Add(alert);
                if (number is { } row)
                    statement.WriteEvents(alert, row, from: events?.Value ?? 0);
            }

            return isNew;
        });
        foreach (var alert in alerts)
            _written.GetOrCreateValue(alert).Value = alert.Events.Count;
        Interlocked.Increment(ref _version);
        return added;
    }

    /// <summary>Closes an alert; false where there is none with this id.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="by">Who closes it.</param>
    /// <param name="note">What they say about it; no longer than <see cref="LongestNote"/>.</param>
    public bool Close(string id, string by, string note)
    {
        if (note.Length > LongestNote)
            throw new ArgumentException($"the note is longer than {LongestNote} characters", nameof(note));
        var isThere = Change(
            "UPDATE alert SET is_open = 0, closed = $at, closed_by = $by, note = $note WHERE id = $id",
            ("$id", id), ("$at", SqliteTime.Of(time.GetUtcNow().UtcDateTime)), ("$by", by), ("$note", note));
        if (isThere)
            LogClosed(by, id);
        return isThere;
    }

    /// <summary>Opens an alert again; false where there is none with this id.</summary>
    public bool Open(string id, string by)
    {
        var isThere = Change("UPDATE alert SET is_open = 1, closed = NULL, closed_by = NULL, note = NULL WHERE id = $id", ("$id", id));
        if (isThere)
            LogOpened(by, id);
        return isThere;
    }

    private bool Change(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var values = parameters.ToArray();
        var isThere = database.Write(connection => connection.Execute(sql, values)) > 0;
        Interlocked.Increment(ref _version);
        return isThere;
    }

    [LoggerMessage(1300, LogLevel.Information, "{User} closed the alert {Id}")]
    private partial void LogClosed(string user, string id);

    [LoggerMessage(1301, LogLevel.Information, "{User} opened the alert {Id} again")]
    private partial void LogOpened(string user, string id);
}
