using System.Buffers;
using System.Text;

namespace Reeve.Audit.Tests.Scrubbing;

/// <summary>What a real apiserver wrote about Secrets and tokens, read whole and cut anywhere.</summary>
public sealed class RealSecretTests
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("{}[],:"u8);

    private static readonly Lazy<List<(byte[] Line, HashSet<string> Secrets)>> Bearing = new(() =>
        [.. RealLogs.WithSecrets().Select(line => (line, Values(line))).Where(pair => pair.Item2.Count > 0)]);

    // The load of the large log is the same pod again and again.
    private static List<(byte[] Line, HashSet<string> Secrets)> Few =>
        [.. Bearing.Value.Where(pair => pair.Line.Length < 100_000).Where((_, i) => i < 150 || i % 100 == 0)];

    [Fact]
    public void No_secret_of_a_real_log_is_left_in_what_the_reader_gives()
    {
        var count = Bearing.Value.SelectMany(pair => pair.Secrets).Distinct(StringComparer.Ordinal).Count();
        Assert.True(count > 1000, "the logs hold secrets, or this test says nothing");
        foreach (var (line, secrets) in Bearing.Value)
        {
            var read = Assert.Single(Readers.Read(line));
            Assert.Equal(Integrity.Whole, read.Integrity);
            Assert.True(read.Marks.HasFlag(EventMarks.Scrubbed));
            AssertNone(read, secrets);
        }
    }

    [Fact]
    public void No_secret_is_left_wherever_its_event_is_cut()
    {
        var random = new Random(20260723);
        foreach (var (line, secrets) in Few)
        {
            for (var i = 0; i < 200; i++)
            {
                var cut = line[..random.Next(1, line.Length)];
                foreach (var read in Readers.Read(cut))
                    AssertNone(read, Pieces(secrets, line, cut.Length));
            }
        }
    }

    [Fact]
    public void No_secret_is_left_in_the_later_piece_of_an_event()
    {
        var random = new Random(20260724);
        foreach (var (line, secrets) in Few)
        {
            for (var i = 0; i < 20; i++)
            {
                foreach (var read in Readers.Read(line[random.Next(1, line.Length)..]))
                    AssertNone(read, secrets.Where(secret => secret.Length >= 16));
            }
        }
    }

    [Fact]
    public void No_secret_is_left_whatever_is_broken_in_its_event()
    {
        var random = new Random(20260725);
        foreach (var (line, _) in Few)
        {
            // What stands elsewhere is known by its neighbours alone.
            var proper = SecretValues.Of(line);
            for (var i = 0; i < 60; i++)
            {
                var (from, to) = (NextStructure(line, random.Next(line.Length)), NextStructure(line, random.Next(line.Length)));
                var broken = (i % 4) switch
                {
                    0 => [.. line[..Math.Min(from, to)], .. line[Math.Max(from, to)..]],
                    1 => [.. line[..from], (byte)random.Next(256), .. line[(from + 1)..]],
                    2 => [.. line[..from], (byte)"\"{}[],:\\"[random.Next(8)], .. line[from..]],
                    _ => (byte[])[.. line[..from], .. line],
                };
                foreach (var read in Readers.Read(broken))
                    AssertNone(read, proper);
            }
        }
    }

    [Fact]
    public void Bytes_beside_secrets_stay_as_they_are()
    {
        foreach (var (line, secrets) in Bearing.Value)
        {
            var read = Assert.Single(Readers.Read(line));
            var expected = Encoding.UTF8.GetString(line);
            foreach (var secret in secrets.OrderByDescending(secret => secret.Length))
            {
                var written = System.Text.Json.JsonSerializer.Serialize(secret, Plain)[1..^1];
                expected = expected.Replace($"\"{written}\"", $"\"{Fingerprint(secret)}\"").Replace($"\\\"{secret}\\\"", $"\\\"{Fingerprint(secret)}\\\"").Replace($":{secret}@", $":{Fingerprint(secret)}@");
            }

            Assert.Equal(expected, read.Text);
        }
    }

    [Fact]
    public void Events_without_secrets_stay_byte_for_byte()
    {
        foreach (var line in RealLogs.WithSecrets().Where(line => Values(line).Count == 0))
        {
            var read = Assert.Single(Readers.Read(line));
            Assert.Equal(line, read.Raw);
            Assert.False(read.Marks.HasFlag(EventMarks.Scrubbed) || read.Marks.HasFlag(EventMarks.SecretMaterial));
        }
    }

    [Fact]
    public void Secrets_outside_of_Secrets_and_tokens_are_marked()
    {
        foreach (var (line, _) in Bearing.Value)
        {
            var read = Assert.Single(Readers.Read(line));
            // What a Secret holds may have the form of what is marked elsewhere.
            if (SecretValues.Of(line).Count == 0 || SecretValues.Misplaced(line).Count == 0)
                Assert.Equal(SecretValues.Misplaced(line).Count > 0, read.Marks.HasFlag(EventMarks.SecretMaterial));
        }
    }

    private static HashSet<string> Values(byte[] line) => [.. SecretValues.Of(line), .. SecretValues.Misplaced(line)];

    [Fact]
    public void No_secret_is_left_in_any_piece_of_a_split_event()
    {
        var random = new Random(20260727);
        foreach (var (line, secrets) in Bearing.Value)
        {
            for (var i = 0; i < 4; i++)
            {
                // rsyslog splits at 8,096 bytes by default, the header of the message included.
                var (size, at) = (i < 2 ? 8_096 : random.Next(500, 8_096), random.Next(30, 90));
                for (var start = 0; start < line.Length; start += size - at)
                {
                    var piece = line[start..Math.Min(line.Length, start + size - at)];
                    foreach (var read in Readers.Read(piece))
                        AssertNone(read, secrets.Where(secret => secret.Length >= 8));
                }
            }
        }
    }

    // A name with a changed letter is another name, and nobody can tell; so names stay whole.
    private static int NextStructure(byte[] line, int at)
    {
        var next = line.AsSpan(at).IndexOfAny(Structure);
        return next < 0 ? line.Length - 1 : at + next;
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Fingerprint(string secret) =>
        $"reeve:hmac:{Readers.Key.Fingerprint(Encoding.UTF8.GetBytes(secret)):x16}";

    // Of a value that the cut splits, no piece of four characters or more may be left either.
    private static IEnumerable<string> Pieces(HashSet<string> secrets, byte[] line, int cut)
    {
        foreach (var secret in secrets)
        {
            yield return secret;
            var bytes = Encoding.UTF8.GetBytes(secret);
            var from = Math.Max(0, cut - bytes.Length);
            var at = line.AsSpan(from).IndexOf(bytes);
            if (at >= 0 && from + at < cut && from + at + bytes.Length > cut && cut - from - at >= 8)
                yield return secret[..(cut - from - at)];
        }
    }

    private static void AssertNone(EventCopy read, IEnumerable<string> secrets)
    {
        foreach (var form in secrets.SelectMany(SecretValues.Forms))
        {
            var at = read.Text.IndexOf(form, StringComparison.Ordinal);
            if (at >= 0)
                Assert.Fail($"'{form}' is left in {read.Text[Math.Max(0, at - 500)..Math.Min(at + 500, read.Text.Length)]}");
        }
    }
}
