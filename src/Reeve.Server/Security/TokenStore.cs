using Microsoft.Data.Sqlite;
using Reeve.Server.State;

namespace Reeve.Server.Security;

/// <summary>An API token as it can be shown: everything but the secret.</summary>
/// <param name="Id">Names the token in lists and when it is revoked; no secret.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do: <c>viewer</c>, <c>analyst</c> or <c>admin</c>.</param>
/// <param name="Created">When it was made.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="Expires">When it stops working; null if never.</param>
/// <param name="Revoked">When it was revoked; null if it was not.</param>
public sealed record ApiToken(
    string Id,
    string Name,
    Role Role,
    DateTimeOffset Created,
    string CreatedBy,
    DateTimeOffset? Expires,
    DateTimeOffset? Revoked);

/// <summary>API tokens in the state database, of which only the SHA-256 is kept. Thread-safe.</summary>
public sealed class TokenStore(StateDatabase database, TimeProvider time)
{
    /// <summary>What every token begins with, so that secret scanners recognise one.</summary>
    public const string Prefix = "reeve_";

    private const string Columns = "SELECT id, name, role, created, created_by, expires, revoked, hash FROM api_token";

    /// <summary>Makes a token.</summary>
    /// <returns>What can be shown later, and the secret, which is never shown again.</returns>
    public (ApiToken Token, string Secret) Create(string name, Role role, string createdBy, DateTimeOffset? expires)
    {
        var secret = Prefix + SecretToken.Create();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var token = new ApiToken($"t{Guid.CreateVersion7(now):N}", name, role, now, createdBy, expires, Revoked: null);
        database.Write(connection => connection.Execute(
            """
            INSERT INTO api_token (id, hash, name, role, created, created_by, expires)
            VALUES ($id, $hash, $name, $role, $created, $by, $expires)
            """,
            ("$id", token.Id), ("$hash", SecretToken.Hash(secret)), ("$name", name), ("$role", role.Name()),
            ("$created", now.ToUnixTimeMilliseconds()), ("$by", createdBy), ("$expires", expires?.ToUnixTimeMilliseconds())));
        return (token, secret);
    }

    /// <summary>The token with that secret, while it is valid; else null.</summary>
    public ApiToken? Find(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || secret.Length > SecretToken.MaxLength)
            return null;
        var hash = SecretToken.Hash(secret);
        var found = database.Read(connection => connection.Query(
            $"{Columns} WHERE hash = $hash",
            row => (Token: Shown(row), Hash: (byte[])row.GetValue(7)),
            ("$hash", hash)));
        return found is [var (token, stored)] && SecretToken.Equal(stored, hash)
            && token.Revoked is null && !(token.Expires <= time.GetUtcNow())
            ? token
            : null;
    }

    /// <summary>Every token, the newest first, revoked ones too.</summary>
    public IReadOnlyList<ApiToken> List() =>
        database.Read(connection => connection.Query($"{Columns} ORDER BY created DESC, id DESC", Shown));

    /// <summary>Revokes a token at once.</summary>
    /// <returns>False when no token has that id; true also for one that was revoked before.</returns>
    public bool Revoke(string id) => database.Write(connection => connection.Execute(
        "UPDATE api_token SET revoked = coalesce(revoked, $now) WHERE id = $id",
        ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()), ("$id", id))) > 0;

    private static ApiToken Shown(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), Roles.Parse(row.GetString(2)),
        Instant(row.GetInt64(3)), row.GetString(4),
        row.IsDBNull(5) ? null : Instant(row.GetInt64(5)),
        row.IsDBNull(6) ? null : Instant(row.GetInt64(6)));

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
