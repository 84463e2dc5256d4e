using Reeve.Server.State;

namespace Reeve.Server.Security;

/// <summary>
/// The one-time link that signs in to a demo, as its administrator. Valid for one hour and one use; making a new one ends the one before.
/// It is kept in memory only, as a hash: the next start prints another. Thread-safe.
/// </summary>
internal sealed class DemoLink(StateDatabase database, PersonStore people, TimeProvider time)
{
    private const string User = "demo";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private byte[]? _hash;
    private DateTimeOffset _expires;

    /// <summary>Makes a new secret.</summary>
    public string Create()
    {
        var secret = SecretToken.Create();
        lock (_gate)
            (_hash, _expires) = (SecretToken.Hash(secret), time.GetUtcNow() + Lifetime);
        return secret;
    }

    /// <summary>Uses the link up; null where it is wrong, used or too old.</summary>
    public Person? Accept(string secret)
    {
        if (secret.Length > SecretToken.MaxLength)
            return null;
        var hash = SecretToken.Hash(secret);
        lock (_gate)
        {
            if (_hash is not { } expected || !SecretToken.Equal(expected, hash) || time.GetUtcNow() >= _expires)
                return null;
            _hash = null;
        }

        // Nobody has a password here: there is no other way in than the link.
        return people.Find(User)?.Person
            ?? database.Write(connection => people.AddIn(connection, User, PasswordHash.Unmatchable, Role.Admin));
    }
}
