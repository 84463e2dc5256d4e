using Microsoft.Extensions.Logging;

namespace Reeve.Store.ClickHouse.Schema;

/// <summary>Brings the store's tables to the form this build needs. Only ever forward; may be run any number of times, also after a crash within.</summary>
/// <param name="store">The store.</param>
/// <param name="topology">Where the tables live.</param>
/// <param name="clock">Notes when a step was taken.</param>
/// <param name="log">Says which steps were taken.</param>
public sealed partial class StoreSchema(IClickHouse store, StoreTopology topology, TimeProvider clock, ILogger<StoreSchema> log)
{
    /// <summary>The version of this build.</summary>
    public static uint Current => Migration.All[^1].Version;

    /// <summary>The steps to take, in order.</summary>
    internal IEnumerable<Migration> Migrations { get; init; } = Migration.All;

    /// <summary>Applies the migrations that the store does not have yet.</summary>
    /// <exception cref="SchemaTooNewException">A newer Reeve has used this store.</exception>
    /// <exception cref="ClickHouseException">The store failed; running again goes on where it stopped.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await ApplyAsync(VersionTable, cancellationToken);
        var stored = await ReadVersionAsync(cancellationToken);
        if (stored > Current)
            throw new SchemaTooNewException(stored, Current);
        foreach (var migration in Migrations.Where(migration => migration.Version > stored))
        {
            if (stored > 0)
                Log.Migrating(log, migration.Version, migration.Name);
            await ApplyAsync(migration.Text, cancellationToken);
            await store.ExecuteAsync(
                $"INSERT INTO schema_versions (version, name, applied) VALUES ({migration.Version}, '{migration.Name}', {clock.GetUtcNow().ToUnixTimeSeconds()})",
                cancellationToken);
            Log.Migrated(log, migration.Version, migration.Name);
        }
    }

    private const string VersionTable = """
        CREATE TABLE IF NOT EXISTS $local(schema_versions) $on_cluster (version UInt32, name String, applied DateTime('UTC'))
        ENGINE = $engine(MergeTree) ORDER BY version SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
        $distributed(schema_versions);
        """;

    private async Task ApplyAsync(string text, CancellationToken cancellationToken)
    {
        foreach (var statement in SchemaTemplate.Statements(text, topology))
        {
            if (!statement.Contains(SchemaTemplate.Day, StringComparison.Ordinal))
            {
                await store.ExecuteAsync(statement, cancellationToken);
                continue;
            }

            // All at once would be more partitions than an insert may have, and longer than a statement may take.
            foreach (var day in await ReadDaysAsync(cancellationToken))
                await store.ExecuteAsync(statement.Replace(SchemaTemplate.Day, day, StringComparison.Ordinal), cancellationToken);
        }
    }

    private async Task<List<string>> ReadDaysAsync(CancellationToken cancellationToken)
    {
        var days = new List<string>();
        var rows = store.QueryAsync("SELECT DISTINCT toString(day) AS day FROM events ORDER BY day", null, row => row.GetString(0), ReadLimits.Analysis, cancellationToken);
        await foreach (var day in rows)
            days.Add(day);
        return days;
    }

    private async Task<uint> ReadVersionAsync(CancellationToken cancellationToken)
    {
        var versions = store.QueryAsync(
            "SELECT max(version) FROM schema_versions", null, row => Convert.ToUInt32(row.GetValue(0), null), ReadLimits.Interactive, cancellationToken);
        await foreach (var version in versions)
            return version;
        return 0;
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Information, "Bringing the store's schema to version {Version} ({Name}): with many events this takes minutes")]
        public static partial void Migrating(ILogger log, uint version, string name);

        [LoggerMessage(1, LogLevel.Information, "The store's schema is now version {Version} ({Name})")]
        public static partial void Migrated(ILogger log, uint version, string name);
    }
}

/// <summary>The store was written by a newer Reeve, whose columns this one does not know.</summary>
/// <param name="stored">The version in the store.</param>
/// <param name="known">The newest this build knows.</param>
public sealed class SchemaTooNewException(uint stored, uint known)
    : Exception($"The store has schema version {stored}, this Reeve knows up to {known}: start the newer Reeve that wrote it, or restore a backup from before");
