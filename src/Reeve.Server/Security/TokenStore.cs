using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Reeve.Server.Sources;
using Reeve.Server.State;

namespace Reeve.Server.Security;

/// <summary>An API token as it can be shown: everything but the secret.</summary>
/// <param name="Id">Names the token in lists and when it is revoked; no secret.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do: <c>viewer</c>, <c>analyst</c>, <c>admin</c>, or <c>source</c>: send events.</param>
/// <param name="Created">When it was made.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="Expires">When it stops working; null if never.</param>
/// <param name="Revoked">When it was revoked; null if it was not.</param>
/// <param name="Cluster">The cluster whose events it sends; null for every role but <c>source</c>.</param>
public sealed record ApiToken(
    string Id,
    string Name,
    Role Role,
    DateTimeOffset Created,
    string CreatedBy,
    DateTimeOffset? Expires,
    DateTimeOffset? Revoked,
    string? Cluster = null);

/// <summary>API tokens in the state database, of which only the SHA-256 is kept. Thread-safe.</summary>
public sealed class TokenStore(StateDatabase database, TimeProvider time)
{
    /// <summary>What every token begins with, so that secret scanners recognise one.</summary>
    public const string Prefix = "reeve_";

    /// <summary>The rule of <see cref="IsName"/>, for people.</summary>
    public const string NameForm = "1 to 100 characters, none of them a control character";

    private const int MaxName = 100;
    private const string Columns = "SELECT id, name, role, created, created_by, expires, revoked, cluster, hash FROM api_token";

    /// <summary>Whether a token may be called that.</summary>
    public static bool IsName([NotNullWhen(true)] string? name) => name is { Length: > 0 and <= MaxName } && !name.Any(char.IsControl);

    /// <summary>Makes a token.</summary>
    /// <param name="name">What it is for.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="createdBy">Who makes it.</param>
    /// <param name="expires">When it stops working; null for never.</param>
    /// <param name="cluster">The cluster whose events it sends, see <see cref="ClusterName"/>: with <see cref="Role.Source"/>, and only then.</param>
    /// <returns>What can be shown later, and the secret, which is never shown again.</returns>
    /// <exception cref="ArgumentException">A source token without a cluster, or another one with one.</exception>
    public (ApiToken Token, string Secret) Create(string name, Role role, string createdBy, DateTimeOffset? expires, string? cluster = null)
    {
        if (role == Role.Source ? !ClusterName.IsValid(cluster) : cluster is not null)
            throw new ArgumentException("a source token has a cluster, any other has none", nameof(cluster));
        var secret = Prefix + SecretToken.Create();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var token = new ApiToken($"t{Guid.CreateVersion7(now):N}", name, role, now, createdBy, expires, Revoked: null, cluster);
        database.Write(connection => connection.Execute(
            """
            INSERT INTO api_token (id, hash, name, role, created, created_by, expires, cluster)
            VALUES ($id, $hash, $name, $role, $created, $by, $expires, $cluster)
            """,
            ("$id", token.Id), ("$hash", SecretToken.Hash(secret)), ("$name", name), ("$role", role.Name()),
            ("$created", now.ToUnixTimeMilliseconds()), ("$by", createdBy), ("$expires", expires?.ToUnixTimeMilliseconds()), ("$cluster", cluster)));
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
            row => (Token: Shown(row), Hash: (byte[])row.GetValue(8)),
            ("$hash", hash)));
        return found is [var (token, stored)] && SecretToken.Equal(stored, hash)
            && token.Revoked is null && !(token.Expires <= time.GetUtcNow())
            ? token
            : null;
    }

    /// <summary>Every token, the newest first, revoked ones too.</summary>
    public IReadOnlyList<ApiToken> List() =>
        database.Read(connection => connection.Query($"{Columns} ORDER BY created DESC, id DESC", Shown));

    /// <summary>Whether any token was ever made to send that cluster's events.</summary>
    public bool HasSource(string cluster) => database.Read(connection => connection.Query(
        "SELECT 1 FROM api_token WHERE cluster = $cluster LIMIT 1", _ => true, ("$cluster", cluster))).Count > 0;

    /// <summary>Revokes a token at once.</summary>
    /// <returns>False when no token has that id; true also for one that was revoked before.</returns>
    public bool Revoke(string id) => database.Write(connection => connection.Execute(
        "UPDATE api_token SET revoked = coalesce(revoked, $now) WHERE id = $id",
        ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()), ("$id", id))) > 0;

    private static ApiToken Shown(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), Roles.Parse(row.GetString(2)),
        Instant(row.GetInt64(3)), row.GetString(4),
        row.IsDBNull(5) ? null : Instant(row.GetInt64(5)),
        row.IsDBNull(6) ? null : Instant(row.GetInt64(6)),
        row.IsDBNull(7) ? null : row.GetString(7));

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
