using System.Text;

namespace Reeve.Testing;

/// <summary>
/// Damages bytes the way relays, disks and attackers do: flips, cuts, doubles, joins with others, and puts in what a parser
/// looks for. The same number gives the same inputs on every machine. Not thread-safe.
/// </summary>
internal sealed class Mutator(ulong number, IReadOnlyList<byte[]> seeds)
{
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "{", "}", "[", "]", "\"", ":", ",", "\\", "\\\"", "\\u0041", "\\ud800", "null", "true", "1e999", "-0", "\n", "\r\n", "\0", "\uFEFF",
            "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"", "\"verb\":\"get\"", "\"items\":[", "\"kind\":\"EventList\"",
            "\"requestObject\":{", "\"kind\":\"Secret\"", "\"data\":{\"a\":\"c2VjcmV0c2VjcmV0\"}", "\"stringData\":{", "eyJhbGciOiJub25lIn0.e30.", "\"token\":\"",
            "\"annotations\":{", "\"sourceIPs\":[", "-----BEGIN RSA PRIVATE KEY-----", "Bearer ", "password=", "…reeve:rest:1:0123456789abcdef",
            "…reeve:cut:1:0123456789abcdef", "reeve:hmac:0123456789abcdef", "\"message\":\"", "\"log\":\"{\\\"verb\\\":", "\"records\":[", "\"logEvents\":[",
            "\"protoPayload\":{", "\"properties\":{\"log\":\"", "H4sIAAAAAAAA", "<13>1 2026-11-23T03:15:00Z h t - - - ", "99999999999 <13>", "[Truncated...]",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ];

    private ulong _state = (number * 0x9E3779B97F4A7C15) | 1;

    /// <summary>The next input, of at most <paramref name="most"/> bytes.</summary>
    public byte[] Next(int most)
    {
        var bytes = new List<byte>(Seed(most));
        for (var changes = 1 + Below(4); changes > 0; changes--)
            Change(bytes, most);
        return bytes.Count <= most ? [.. bytes] : [.. bytes.Take(most)];
    }

    private byte[] Seed(int most)
    {
        var seed = seeds[Below(seeds.Count)];
        if (seed.Length <= most)
            return seed;
        var start = Below(seed.Length - most);
        return seed[start..(start + most)];
    }

    private void Change(List<byte> bytes, int most)
    {
        var at = Below(bytes.Count + 1);
        switch (Below(9))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << Below(8)); break;
            case 1 when at < bytes.Count: bytes[at] = (byte)Below(256); break;
            case 2: bytes.InsertRange(at, Pieces[Below(Pieces.Length)]); break;
            case 3: bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + Below(40))); break;
            case 4: bytes.RemoveRange(at, bytes.Count - at); break;
            case 5: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, Below(200)))); break;
            case 6: Join(bytes, at, most); break;
            case 7: bytes.InsertRange(at, Enumerable.Repeat((byte)"{[\"\\ 0"[Below(6)], Below(300))); break;
            default: Replace(bytes, at, Pieces[Below(Pieces.Length)]); break;
        }
    }

    private void Join(List<byte> bytes, int at, int most)
    {
        var other = Seed(most);
        bytes.RemoveRange(at, bytes.Count - at);
        bytes.AddRange(other[Below(other.Length)..]);
    }

    private static void Replace(List<byte> bytes, int at, byte[] piece)
    {
        bytes.RemoveRange(at, Math.Min(bytes.Count - at, piece.Length));
        bytes.InsertRange(at, piece);
    }

    // xorshift64*: Marsaglia (2003), Vigna (2016).
    private int Below(int bound)
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return bound <= 0 ? 0 : (int)((_state * 0x2545F4914F6CDD1D >> 33) % (ulong)bound);
    }
}
