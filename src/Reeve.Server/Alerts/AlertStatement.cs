using System.Text.Json;
using Microsoft.Data.Sqlite;
using Reeve.Detection.Alerts;
using Reeve.Server.State;

namespace Reeve.Server.Alerts;

/// <summary>Writes raised alerts, each statement prepared once: a batch may hold thousands. Not thread-safe.</summary>
internal sealed class AlertStatement : IDisposable
{
    private const string Upsert =
        """
        INSERT INTO alert (id, rule, title, level, tags, cluster, actor, object, summary, fields, first, last, count, raised, is_open)
        VALUES ($id, $rule, $title, $level, $tags, $cluster, $actor, $object, $summary, $fields, $first, $last, $count, $now, 1)
        ON CONFLICT (id) DO UPDATE SET
            title = $title, level = $level, tags = $tags, actor = $actor, object = $object, summary = $summary, fields = $fields,
            first = $first, last = $last, count = $count, is_open = CASE WHEN $count > count THEN 1 ELSE is_open END
        WHERE $count >= count
        RETURNING number, raised
        """;

    private const string InsertEvent =
        """
        INSERT OR IGNORE INTO alert_event (alert, sequence, time, audit_id, stage, actor, object, is_found)
        VALUES ($alert, $sequence, $time, $audit_id, $stage, $actor, $object, 0)
        """;

    private readonly SqliteCommand _alert;
    private readonly SqliteCommand _event;

    /// <summary>Prepares the statements.</summary>
    public AlertStatement(SqliteConnection connection) => (_alert, _event) = (Prepare(connection, Upsert), Prepare(connection, InsertEvent));

    /// <summary>Writes an alert; whether it is new, and its number, null where what is there has come further.</summary>
    public bool Write(Alert alert, long now, out long? number)
    {
        Set(_alert, "$id", alert.Id);
        Set(_alert, "$rule", alert.Rule.Id);
        Set(_alert, "$title", alert.Rule.Title);
        Set(_alert, "$level", (int)alert.Rule.Level);
        Set(_alert, "$tags", JsonSerializer.Serialize(alert.Rule.Tags));
        Set(_alert, "$cluster", alert.Cluster);
        Set(_alert, "$actor", alert.Actor);
        Set(_alert, "$object", alert.Object);
        Set(_alert, "$summary", alert.Summary);
        Set(_alert, "$fields", JsonSerializer.Serialize(alert.Values));
        Set(_alert, "$first", SqliteTime.Of(alert.First));
        Set(_alert, "$last", SqliteTime.Of(alert.Last));
        Set(_alert, "$count", alert.Count);
        Set(_alert, "$now", now);
        using var row = _alert.ExecuteReader();
        number = row.Read() ? row.GetInt64(0) : null;
        return number is not null && row.GetInt64(1) == now;
    }

    /// <summary>Writes the events of an alert, but for the first ones, which were written before.</summary>
    public void WriteEvents(Alert alert, long number, int from)
    {
        foreach (var one in alert.Events.Skip(from))
        {
            Set(_event, "$alert", number);
            Set(_event, "$sequence", (long)one.Sequence);
            Set(_event, "$time", SqliteTime.Of(one.Time));
            Set(_event, "$audit_id", one.AuditId);
            Set(_event, "$stage", one.Stage);
            Set(_event, "$actor", one.Actor);
            Set(_event, "$object", one.Object);
            _event.ExecuteNonQuery();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _alert.Dispose();
        _event.Dispose();
    }

#pragma warning disable CA2100 // The texts are constants of this class.
    private static SqliteCommand Prepare(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
#pragma warning restore CA2100

    private static void Set(SqliteCommand command, string name, object value)
    {
        if (command.Parameters.Contains(name))
            command.Parameters[name].Value = value;
        else
            command.Parameters.AddWithValue(name, value);
    }
}
