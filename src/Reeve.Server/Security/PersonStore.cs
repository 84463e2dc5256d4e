using Microsoft.Data.Sqlite;
using Reeve.Server.State;

namespace Reeve.Server.Security;

/// <summary>A person who can sign in.</summary>
/// <param name="Id">The number in the database.</param>
/// <param name="Name">The user name, as it was first written; names that differ in case only are one person.</param>
/// <param name="Role">What the person may do.</param>
internal sealed record Person(long Id, string Name, Role Role);

/// <summary>People in the state database. Thread-safe.</summary>
internal sealed class PersonStore(StateDatabase database, TimeProvider time)
{
    /// <summary>Whether anybody can manage this server.</summary>
    public bool HasAdministrator => database.Read(HasAdministratorIn);

    /// <summary>The same inside a transaction of the caller.</summary>
    public static bool HasAdministratorIn(SqliteConnection connection) =>
        connection.Query("SELECT 1 FROM person WHERE role = 'admin' LIMIT 1", _ => true).Count > 0;

    /// <summary>The names of those who can manage this server.</summary>
    public IReadOnlyList<string> Administrators() =>
        database.Read(connection => connection.Query("SELECT name FROM person WHERE role = 'admin' ORDER BY name", row => row.GetString(0)));

    /// <summary>The person of that name with the stored password hash, or null.</summary>
    public (Person Person, string Password)? Find(string name) => database.Read(connection => connection
        .Query<(Person, string)?>(
            "SELECT id, name, role, password FROM person WHERE name = $name",
            row => (new Person(row.GetInt64(0), row.GetString(1), Roles.Parse(row.GetString(2))), row.GetString(3)),
            ("$name", name))
        .FirstOrDefault());

    /// <summary>Adds a person inside a transaction of the caller; null when the name is taken.</summary>
    /// <param name="connection">The connection <see cref="StateDatabase.Write{T}"/> gave.</param>
    /// <param name="name">A name that passed <see cref="PasswordRules.CheckName"/>.</param>
    /// <param name="password">A <see cref="PasswordHash"/>, made before the transaction because it takes long.</param>
    /// <param name="role">What the person may do.</param>
    public Person? AddIn(SqliteConnection connection, string name, string password, Role role) => connection
        .Query(
            "INSERT INTO person (name, role, password, created) VALUES ($name, $role, $password, $now) ON CONFLICT DO NOTHING RETURNING id",
            row => new Person(row.GetInt64(0), name, role),
            ("$name", name), ("$role", role.Name()), ("$password", password), ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()))
        .FirstOrDefault();

    /// <summary>Adds a person; null when the name is taken.</summary>
    public Person? Add(string name, string password, Role role)
    {
        var hash = PasswordHash.Create(password);
        return database.Write(connection => AddIn(connection, name, hash, role));
    }

    /// <summary>Replaces the stored hash of the same password.</summary>
    public void Rehash(Person person, string password)
    {
        var hash = PasswordHash.Create(password);
        database.Write(connection => connection.Execute(
            "UPDATE person SET password = $password WHERE id = $id", ("$password", hash), ("$id", person.Id)));
    }
}
