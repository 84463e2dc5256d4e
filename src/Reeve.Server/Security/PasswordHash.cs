using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Reeve.Server.Security;

/// <summary>
/// Argon2id (RFC 9106) in the PHC string format <c>$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH</c>, so that the cost can be
/// raised later and old hashes still verify. The cost is OWASP's: 19 MiB and two passes.
/// </summary>
internal static class PasswordHash
{
    private const int SaltSize = 16;
    private const int HashSize = 32;
    private static readonly Argon2Parameters Cost = new() { DegreeOfParallelism = 1, MemorySize = 19 * 1024, NumberOfPasses = 2 };

    // A stored string that asks for more than this was not written by us.
    private const long MaxMemory = 1024 * 1024;
    private const long MaxPasses = 16;

    /// <summary>A hash no password matches, at today's cost: what an unknown name is checked against.</summary>
    public static string Unmatchable { get; } = Format(Cost, RandomNumberGenerator.GetBytes(SaltSize), RandomNumberGenerator.GetBytes(HashSize));

    /// <summary>Hashes with a fresh salt; about 20 ms of one core.</summary>
    public static string Create(string password) => Create(password, Cost);

    /// <summary>Hashes at a cost of the caller's.</summary>
    internal static string Create(string password, long kibibytes, long passes) =>
        Create(password, new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = kibibytes, NumberOfPasses = passes });

    /// <summary>Whether <paramref name="password"/> made <paramref name="stored"/>; false for a string of another format.</summary>
    public static bool Verify(string password, string stored) =>
        TryParse(stored, out var cost, out var salt, out var expected)
        && CryptographicOperations.FixedTimeEquals(Derive(password, salt, cost), expected);

    /// <summary>Whether the hash was made at another cost than today's and should be made again at the next sign-in.</summary>
    public static bool IsOutdated(string stored) =>
        !TryParse(stored, out var cost, out _, out _) || cost.MemorySize != Cost.MemorySize || cost.NumberOfPasses != Cost.NumberOfPasses;

    private static string Create(string password, Argon2Parameters cost)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        return Format(cost, salt, Derive(password, salt, cost));
    }

    private static byte[] Derive(string password, byte[] salt, Argon2Parameters cost) =>
        PasswordBasedKeyDerivationAlgorithm.Argon2id(cost)
            .DeriveBytes(Encoding.UTF8.GetBytes(password), salt, HashSize);

    private static string Format(Argon2Parameters cost, byte[] salt, byte[] hash) => string.Create(
        CultureInfo.InvariantCulture,
        $"$argon2id$v=19$m={cost.MemorySize},t={cost.NumberOfPasses},p={cost.DegreeOfParallelism}${Unpadded(salt)}${Unpadded(hash)}");

    private static bool TryParse(string stored, out Argon2Parameters cost, out byte[] salt, out byte[] hash)
    {
        cost = default;
        salt = hash = [];
        var parts = stored.Split('$');
        return parts is ["", "argon2id", "v=19", _, _, _]
            && TryParseCost(parts[3], out cost)
            && TryDecode(parts[4], SaltSize, out salt)
            && TryDecode(parts[5], HashSize, out hash);
    }

    private static bool TryParseCost(string text, out Argon2Parameters cost)
    {
        cost = default;
        if (text.Split(',') is not [['m', '=', .. var memory], ['t', '=', .. var passes], "p=1"]
            || !long.TryParse(memory, NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes)
            || !long.TryParse(passes, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || kibibytes is < 8 or > MaxMemory || count is < 1 or > MaxPasses)
            return false;
        cost = new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = kibibytes, NumberOfPasses = count };
        return true;
    }

    private static string Unpadded(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static bool TryDecode(string text, int size, out byte[] bytes)
    {
        bytes = new byte[size];
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        // The last character has bits that mean nothing; only one way to write them is ours (RFC 4648 §3.5).
        return Convert.TryFromBase64String(padded, bytes, out var written) && written == size && Unpadded(bytes) == text;
    }
}
