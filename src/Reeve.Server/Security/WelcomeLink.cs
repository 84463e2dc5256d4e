using Microsoft.Data.Sqlite;
using Reeve.Server.State;

namespace Reeve.Server.Security;

/// <summary>Why a welcome was refused; none of these uses the link up.</summary>
internal enum WelcomeError
{
    /// <summary>The link is wrong, used, too old, or an administrator exists.</summary>
    Link,

    /// <summary>The user name breaks <see cref="PasswordRules.CheckName"/>, or is taken.</summary>
    User,

    /// <summary>The password breaks <see cref="PasswordRules.Check"/>.</summary>
    Password,
}

/// <summary>
/// The one-time link by which the first administrator chooses a name and a password. Valid for one hour and one use, and
/// only while there is no administrator; making a new one ends the one before. Looking at the page does not use it up.
/// </summary>
internal sealed class WelcomeLink(StateDatabase database, PersonStore people, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Makes a new secret; null while an administrator exists.</summary>
    public string? Create()
    {
        var secret = SecretToken.Create();
        var expires = (time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds();
        return database.Write(connection =>
        {
            if (PersonStore.HasAdministratorIn(connection))
                return null;
            connection.Execute(
                "INSERT OR REPLACE INTO welcome_link (id, hash, expires) VALUES (1, $hash, $expires)",
                ("$hash", SecretToken.Hash(secret)), ("$expires", expires));
            return secret;
        });
    }

    /// <summary>Makes the first administrator.</summary>
    /// <returns>The person, or why not.</returns>
    public (Person? Person, WelcomeError Error) Accept(string secret, string user, string password)
    {
        if (!database.Read(connection => IsValidIn(connection, secret)))
            return (null, WelcomeError.Link);
        if (PasswordRules.CheckName(user) is not null)
            return (null, WelcomeError.User);
        if (PasswordRules.Check(password, user) is not null)
            return (null, WelcomeError.Password);
        var hash = PasswordHash.Create(password);
        return database.Write(connection =>
        {
            // Asked again inside the transaction: two people may have posted the form at once.
            if (!IsValidIn(connection, secret) || PersonStore.HasAdministratorIn(connection))
                return (null, WelcomeError.Link);
            var person = people.AddIn(connection, user, hash, Role.Admin);
            if (person is not null)
                connection.Execute("DELETE FROM welcome_link");
            return (person, WelcomeError.User);
        });
    }

    private bool IsValidIn(SqliteConnection connection, string secret)
    {
        if (secret.Length > SecretToken.MaxLength)
            return false;
        var stored = connection.Query(
            "SELECT hash FROM welcome_link WHERE expires > $now",
            row => (byte[])row.GetValue(0),
            ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()));
        return stored is [var hash] && SecretToken.Equal(hash, SecretToken.Hash(secret));
    }
}
