using System.Net;

namespace Reeve.Server.Security;

/// <summary>What came of an attempt to sign in.</summary>
internal enum SignInOutcome
{
    /// <summary>Signed in.</summary>
    Success,

    /// <summary>User or password is wrong; which of them is not said.</summary>
    Wrong,

    /// <summary>Too many attempts; the password was not looked at.</summary>
    Wait,
}

/// <summary>Checks user names and passwords. An unknown name costs the same work and gets the same answer as a wrong password.</summary>
internal sealed class SignIn(PersonStore people, SignInThrottle throttle) : IDisposable
{
    // Each hash takes 19 MiB and a core: many sign-ins at once wait instead of starving the server.
    private readonly SemaphoreSlim _hashing = new(2);

    /// <summary>Checks a password.</summary>
    /// <returns>The person, when the outcome is <see cref="SignInOutcome.Success"/>.</returns>
    public async Task<(SignInOutcome Outcome, Person? Person)> CheckAsync(string user, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        if (!throttle.TryBegin(address, user))
            return (SignInOutcome.Wait, null);
        if (password.Length > PasswordRules.MaxLength)
            return (SignInOutcome.Wrong, null);
        await _hashing.WaitAsync(cancellationToken);
        try
        {
            var found = people.Find(user);
            var matches = PasswordHash.Verify(password, found?.Password ?? PasswordHash.Unmatchable);
            if (found is not var (person, stored) || !matches)
                return (SignInOutcome.Wrong, null);
            if (PasswordHash.IsOutdated(stored))
                people.Rehash(person, password);
            throttle.Succeeded(address, user);
            return (SignInOutcome.Success, person);
        }
        finally
        {
            _hashing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _hashing.Dispose();
}
