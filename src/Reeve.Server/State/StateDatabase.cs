using Microsoft.Data.Sqlite;

namespace Reeve.Server.State;

/// <summary>
/// The SQLite file <c>reeve.db</c> in the data folder: people, sessions, tokens, cursors of sources. What
/// <see cref="Write{T}"/> returned from is on the disk (write-ahead log, <c>synchronous=FULL</c>). Thread-safe: writers
/// wait for each other, readers wait for nobody.
/// </summary>
public sealed class StateDatabase : IDisposable
{
    private const string FileName = "reeve.db";

    private readonly string _connectionString;
    private readonly SqliteConnection _writer;
    private readonly Lock _writing = new();

    private StateDatabase(string connectionString)
    {
        _connectionString = connectionString;
        _writer = Connect();
    }

    /// <summary>Opens or creates the file (mode 0600) and brings its schema up to this build.</summary>
    /// <param name="folder">The data folder; created with mode 0700 where it does not exist.</param>
    /// <exception cref="InvalidDataException">A later version of Reeve wrote the file, or it is damaged.</exception>
    /// <exception cref="IOException">The file cannot be opened, or another process holds it.</exception>
    public static StateDatabase Open(string folder)
    {
        try
        {
            return Open(folder, StateMigration.All());
        }
        catch (SqliteException damaged) when (damaged.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            throw new InvalidDataException($"{FileName}: {damaged.Message}; restore it from a backup", damaged);
        }
        catch (SqliteException failure)
        {
            throw new IOException($"{FileName} in {folder}: {failure.Message}", failure);
        }
    }

    internal static StateDatabase Open(string folder, IReadOnlyList<StateMigration> migrations)
    {
        var path = Path.Combine(DataFolder.Prepare(folder), FileName);
        CreatePrivate(path);
        var connection = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 };
        var database = new StateDatabase(connection.ToString());
        try
        {
            Execute(database._writer, "PRAGMA journal_mode = WAL");
            database.Migrate(migrations, path);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Runs <paramref name="query"/> on a consistent state of the file; it must not write.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        using var connection = Connect();
        return query(connection);
    }

    /// <summary>Runs <paramref name="work"/> in one transaction: all of it is on the disk afterwards, or nothing when it throws.</summary>
    public T Write<T>(Func<SqliteConnection, T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        lock (_writing)
        {
            Execute(_writer, "BEGIN IMMEDIATE");
            try
            {
                var result = work(_writer);
                Execute(_writer, "COMMIT");
                return result;
            }
            catch
            {
                RollBack();
                throw;
            }
        }
    }

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<SqliteConnection> work) => Write(connection =>
    {
        work(connection);
        return true;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        using var pooled = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(pooled);
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        Execute(connection, "PRAGMA synchronous = FULL");
        return connection;
    }

    // SQLite itself rolls back on some errors, a full disk among them; a second ROLLBACK would hide the first error.
    private void RollBack()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_writer.Handle) == 0)
            Execute(_writer, "ROLLBACK");
    }

    private void Migrate(IReadOnlyList<StateMigration> migrations, string path)
    {
        using var command = _writer.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = (int)(long)command.ExecuteScalar()!;
        if (version > migrations.Count)
            throw new InvalidDataException($"{path} was written by a later version of Reeve (schema {version}, this one knows {migrations.Count}): start that version");
        foreach (var migration in migrations.Skip(version))
            Write(connection => Execute(connection, $"{migration.Sql};PRAGMA user_version = {migration.Version}"));
    }

    // SQLite gives the -wal and -shm files the mode of the main file.
    private static void CreatePrivate(string path)
    {
        if (File.Exists(path))
            return;
        using var created = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of this class or a migration of this build.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
