using System.Security.Cryptography;
using System.Text;

namespace Reeve.Store.Findings;

/// <summary>The ids of findings: equal for what says the same, so that a replay adds nothing.</summary>
public static class FindingId
{
    /// <summary>The first 128 bits of SHA-256 over the parts, each behind its length, in hex.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
