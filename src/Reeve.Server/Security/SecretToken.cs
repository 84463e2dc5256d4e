using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Reeve.Server.Security;

/// <summary>
/// Random secrets that are shown once and kept as SHA-256 only. With 256 random bits a fast hash is enough: there is
/// nothing to guess, and looking the hash up in an index tells an attacker's clock nothing about the secret.
/// </summary>
internal static class SecretToken
{
    private const int Size = 32;

    /// <summary>Longest text that is looked at; ours have 43 characters and a prefix.</summary>
    public const int MaxLength = 128;

    /// <summary>32 random bytes as base64url, 43 characters.</summary>
    public static string Create()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>What is stored in place of <paramref name="secret"/>.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Compares in a time that does not depend on where the two differ.</summary>
    public static bool Equal(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> other) => CryptographicOperations.FixedTimeEquals(hash, other);
}
