using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Reeve.Audit.Findings;
using Reeve.Server.State;
using Reeve.Store.Query;

namespace Reeve.Server.Alerts;

/// <summary>Reads kept alerts. Thread-safe.</summary>
/// <param name="database">Where they are.</param>
/// <param name="server">The server's id, with which the ids of events begin.</param>
internal sealed class AlertReads(StateDatabase database, string server)
{
    private const string Columns =
        "SELECT number, id, rule, title, level, tags, cluster, actor, object, summary, first, last, count, raised, is_open, closed, closed_by, note, fields FROM alert";

    /// <summary>Alerts, the one with the latest event first.</summary>
    public AlertPage List(AlertQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Limit is < 1 or > AlertQuery.MostRows)
            throw new ArgumentException($"the limit {query.Limit} is not from 1 to {AlertQuery.MostRows}", nameof(query));
        var conditions = Conditions(query);
        if (query.After is { } place)
            conditions.Add(("(last, number) < ($last, $number)", [("$last", place.Last), ("$number", place.Number)]));
        var rows = database.Read(connection => connection.Query(
            $"{Columns} WHERE {Join(conditions)} ORDER BY last DESC, number DESC LIMIT $limit", Read,
            [.. conditions.SelectMany(condition => condition.Values), ("$limit", query.Limit + 1)]));
        if (rows.Count <= query.Limit)
            return new AlertPage(rows, null);
        rows.RemoveAt(query.Limit);
        return new AlertPage(rows, new AlertPlace(SqliteTime.Of(rows[^1].Last), rows[^1].Number));
    }

    /// <summary>The gravest alerts that a query finds, the latest first among equals; its place does not count.</summary>
    public IReadOnlyList<StoredAlert> Gravest(AlertQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var conditions = Conditions(query);
        return database.Read(connection => connection.Query(
            $"{Columns} WHERE {Join(conditions)} ORDER BY level DESC, last DESC, number DESC LIMIT $limit", Read,
            [.. conditions.SelectMany(condition => condition.Values), ("$limit", query.Limit)]));
    }

    /// <summary>How many alerts of each level a query finds; its limit and place do not count.</summary>
    public IReadOnlyDictionary<FindingLevel, long> Count(AlertQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var conditions = Conditions(query);
        return database.Read(connection => connection.Query(
            $"SELECT level, count(*) FROM alert WHERE {Join(conditions)} GROUP BY level", row => KeyValuePair.Create((FindingLevel)row.GetInt32(0), row.GetInt64(1)),
            [.. conditions.SelectMany(condition => condition.Values)])).ToImmutableDictionary();
    }

    /// <summary>The clusters that have alerts, by name.</summary>
    public IReadOnlyList<string> Clusters() =>
        database.Read(connection => connection.Query("SELECT DISTINCT cluster FROM alert ORDER BY cluster", row => row.GetString(0)));

    /// <summary>One alert with its events; null where there is none with this id.</summary>
    public AlertDetails? Find(string id) => database.Read(connection =>
    {
        if (connection.Query($"{Columns} WHERE id = $id", row => (Read(row), row.GetString(18)), ("$id", id)) is not [var (alert, fields)])
            return null;
        var events = connection.Query(
            "SELECT sequence, time, audit_id, stage, actor, object FROM alert_event WHERE alert = $alert ORDER BY time, sequence",
            row => new AlertEvent(new EventId(server, (ulong)row.GetInt64(0)), SqliteTime.Read(row.GetInt64(1)), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)),
            ("$alert", alert.Number));
        var values = JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(fields)!;
        return new AlertDetails(alert, values, events);
    });

    private static List<(string Sql, (string Name, object? Value)[] Values)> Conditions(AlertQuery query)
    {
        List<(string, (string, object?)[])> conditions = [("level >= $level", [("$level", (int)query.MinLevel)])];
        if (query.IsOpen is { } isOpen)
            conditions.Add((isOpen ? "is_open = 1" : "is_open = 0", []));
        if (query.Rule is { Length: > 0 } rule)
            conditions.Add(("(rule = $rule OR title = $rule)", [("$rule", rule)]));
        if (query.Cluster is { Length: > 0 } cluster)
            conditions.Add(("cluster = $cluster", [("$cluster", cluster)]));
        if (query.Text is { Length: > 0 } text)
            conditions.Add(("(instr(lower(actor), lower($text)) OR instr(lower(object), lower($text)) OR instr(lower(title), lower($text)) OR instr(lower(summary), lower($text)))", [("$text", text)]));
        if (query.From is { } from)
            conditions.Add(("last >= $from", [("$from", SqliteTime.Of(from))]));
        if (query.To is { } to)
            conditions.Add(("first < $to", [("$to", SqliteTime.Of(to))]));
        return conditions;
    }

    private static string Join(IEnumerable<(string Sql, (string, object?)[])> conditions) => string.Join(" AND ", conditions.Select(condition => condition.Sql));

    private static StoredAlert Read(SqliteDataReader row) => new()
    {
        Number = row.GetInt64(0),
        Id = row.GetString(1),
        Rule = row.GetString(2),
        Title = row.GetString(3),
        Level = (FindingLevel)row.GetInt32(4),
        Tags = JsonSerializer.Deserialize<string[]>(row.GetString(5))!,
        Cluster = row.GetString(6),
        Actor = row.GetString(7),
        Object = row.GetString(8),
        Summary = row.GetString(9),
        First = SqliteTime.Read(row.GetInt64(10)),
        Last = SqliteTime.Read(row.GetInt64(11)),
        Count = row.GetInt64(12),
        Raised = SqliteTime.Read(row.GetInt64(13)),
        IsOpen = row.GetBoolean(14),
        Closing = row.IsDBNull(15) ? null : new AlertClosing(SqliteTime.Read(row.GetInt64(15)), row.GetString(16), row.GetString(17)),
    };
}
