using Reeve.Server.State;

namespace Reeve.Server.Security;

/// <summary>How long a session lasts.</summary>
/// <param name="Idle">It ends when it was not used for this long.</param>
/// <param name="Total">It ends this long after sign-in, however busy it is.</param>
public sealed record SessionLifetime(TimeSpan Idle, TimeSpan Total);

/// <summary>Sessions in the state database, known by the hash of their cookie. Thread-safe.</summary>
internal sealed class SessionStore(StateDatabase database, SessionLifetime lifetime, TimeProvider time)
{
    // Writing "seen" on every request would fsync on every request.
    private static readonly TimeSpan SeenAccuracy = TimeSpan.FromMinutes(1);

    private sealed record Row(Person Person, DateTimeOffset Created, DateTimeOffset Seen);

    /// <summary>Begins a session and forgets those that have ended.</summary>
    /// <returns>The value of the cookie, which is stored nowhere.</returns>
    public string Begin(Person person)
    {
        var secret = SecretToken.Create();
        var now = time.GetUtcNow();
        database.Write(connection =>
        {
            connection.Execute(
                "DELETE FROM session WHERE created <= $oldest OR seen <= $idle",
                ("$oldest", Milliseconds(now - lifetime.Total)), ("$idle", Milliseconds(now - lifetime.Idle)));
            connection.Execute(
                "INSERT INTO session (hash, person, created, seen) VALUES ($hash, $person, $now, $now)",
                ("$hash", SecretToken.Hash(secret)), ("$person", person.Id), ("$now", Milliseconds(now)));
        });
        return secret;
    }

    /// <summary>Whose session it is; null when it never was, has ended or was signed out. Keeps the session alive.</summary>
    public Person? Find(byte[] hash)
    {
        var row = Load(hash);
        var now = time.GetUtcNow();
        if (row is null || now >= row.Created + lifetime.Total || now >= row.Seen + lifetime.Idle)
            return null;
        if (now - row.Seen >= SeenAccuracy)
        {
            database.Write(connection => connection.Execute(
                "UPDATE session SET seen = $now WHERE hash = $hash", ("$now", Milliseconds(now)), ("$hash", hash)));
        }

        return row.Person;
    }

    /// <summary>Ends a session.</summary>
    public void End(byte[] hash) =>
        database.Write(connection => connection.Execute("DELETE FROM session WHERE hash = $hash", ("$hash", hash)));

    private Row? Load(byte[] hash) => database.Read(connection => connection
        .Query(
            """
            SELECT person.id, person.name, person.role, session.created, session.seen
            FROM session JOIN person ON person.id = session.person WHERE session.hash = $hash
            """,
            row => new Row(
                new Person(row.GetInt64(0), row.GetString(1), Roles.Parse(row.GetString(2))),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4))),
            ("$hash", hash))
        .FirstOrDefault());

    private static long Milliseconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();
}
