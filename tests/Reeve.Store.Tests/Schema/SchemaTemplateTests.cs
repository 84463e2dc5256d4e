using Reeve.Store.ClickHouse.Schema;

namespace Reeve.Store.Tests.Schema;

public sealed class SchemaTemplateTests
{
    private const string Text = """
        -- A remark.
        CREATE TABLE $local(events) $on_cluster (a UInt8) ENGINE = $engine(MergeTree) SETTINGS $dedup;

        $distributed(events);
        """;

    [Fact]
    public void One_server_gets_plain_tables() =>
        Assert.Equal(
            ["CREATE TABLE events  (a UInt8) ENGINE = MergeTree SETTINGS non_replicated_deduplication_window = 1000"],
            SchemaTemplate.Statements(Text, StoreTopology.Single));

    [Fact]
    public void Cluster_gets_replicated_tables_behind_a_distributed_one() =>
        Assert.Equal(
            [
                "CREATE TABLE events_local ON CLUSTER 'a\\'b' (a UInt8) ENGINE = ReplicatedMergeTree SETTINGS replicated_deduplication_window = 1000",
                "CREATE TABLE IF NOT EXISTS events ON CLUSTER 'a\\'b' AS events_local ENGINE = Distributed('a\\'b', currentDatabase(), events_local, sipHash64(server, seq))",
            ],
            SchemaTemplate.Statements(Text, new StoreTopology("a'b")));

    [Fact]
    public void Unknown_mark_is_a_mistake() =>
        Assert.Throws<FormatException>(() => SchemaTemplate.Statements("SELECT $engin(x)", StoreTopology.Single).ToList());

    [Fact]
    public void Migrations_are_numbered_without_gaps() =>
        Assert.Equal(Enumerable.Range(1, Migration.All.Count).Select(version => (uint)version), Migration.All.Select(migration => migration.Version));

    [Fact]
    public void Every_statement_of_every_migration_can_run_twice()
    {
        foreach (var migration in Migration.All)
        {
            var (emptied, dropped) = (new HashSet<string>(), new HashSet<string>());
            foreach (var statement in SchemaTemplate.Statements(migration.Text, StoreTopology.Single))
            {
                // Rows may only go into a table that the same migration has emptied before.
                if (statement.StartsWith("TRUNCATE TABLE IF EXISTS ", StringComparison.Ordinal))
                    emptied.Add(statement.Split(' ')[4]);
                else if (statement.StartsWith("INSERT INTO ", StringComparison.Ordinal))
                    Assert.Contains(statement.Split(' ')[2], emptied);
                else if (statement.StartsWith("DROP TABLE IF EXISTS ", StringComparison.Ordinal))
                    dropped.Add(statement.Split(' ')[4]);
                else
                    Assert.Contains("IF NOT EXISTS", statement, StringComparison.Ordinal);
                // What is dropped is made anew, in the same migration.
                dropped.RemoveWhere(table => statement.StartsWith($"CREATE TABLE IF NOT EXISTS {table}\n", StringComparison.Ordinal)
                    || statement.StartsWith($"CREATE TABLE IF NOT EXISTS {table} ", StringComparison.Ordinal));
            }

            Assert.Empty(dropped);
        }
    }
}
