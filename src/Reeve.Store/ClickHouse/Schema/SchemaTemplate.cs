using System.Text.RegularExpressions;

namespace Reeve.Store.ClickHouse.Schema;

/// <summary>
/// Turns a migration's text into statements for one topology. What differs is written in the text as
/// <c>$local(table)</c>, <c>$on_cluster</c>, <c>$engine(MergeTree)</c>, <c>$dedup</c>, and <c>$distributed(table)</c>,
/// a statement of its own that one server does without. A statement with <c>$day</c> is run for each day that has events.
/// </summary>
internal static partial class SchemaTemplate
{
    /// <summary>Where a day is put into a statement.</summary>
    public const string Day = "{day}";

    // Batches a token is remembered for: one batch is in flight at a time, the rest is room for several servers.
    private const int DeduplicationWindow = 1000;

    public static IEnumerable<string> Statements(string text, StoreTopology topology)
    {
        var lines = text.Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal));
        foreach (var piece in string.Join('\n', lines).Split(";\n"))
        {
            var statement = Mark.Replace(piece, mark => Expand(mark.Groups["name"].Value, mark.Groups["argument"].Value, topology)).Trim().TrimEnd(';');
            if (statement.Length > 0)
                yield return statement;
        }
    }

    private static string Expand(string name, string argument, StoreTopology topology) => name switch
    {
        "local" => topology.Local(argument),
        "on_cluster" => topology.Cluster is null ? "" : $"ON CLUSTER {Quoted(topology.Cluster)}",
        "engine" => topology.Cluster is null ? argument : "Replicated" + argument,
        "dedup" when topology.Cluster is null => $"non_replicated_deduplication_window = {DeduplicationWindow}",
        "dedup" => $"replicated_deduplication_window = {DeduplicationWindow}",
        "distributed" => topology.Cluster is null ? "" : Distributed(argument, topology.Cluster),
        "day" => $"'{Day}'",
        _ => throw new FormatException($"unknown mark ${name} in a migration"),
    };

    // Sharded by a batch's server and sequence, so that a batch that is sent again is split into the same blocks.
    private static string Distributed(string table, string cluster)
    {
        var key = table is "events" or "findings" ? "sipHash64(server, seq)" : "rand()";
        return $"CREATE TABLE IF NOT EXISTS {table} ON CLUSTER {Quoted(cluster)} AS {table}_local "
            + $"ENGINE = Distributed({Quoted(cluster)}, currentDatabase(), {table}_local, {key})";
    }

    private static string Quoted(string name) =>
        "'" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";

    [GeneratedRegex(@"\$(?<name>[a-z_]+)(\((?<argument>\w+)\))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark { get; }
}
