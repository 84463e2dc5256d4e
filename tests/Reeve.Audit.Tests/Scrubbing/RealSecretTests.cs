using System.Text;

namespace Reeve.Audit.Tests.Scrubbing;

/// <summary>What a real apiserver wrote about Secrets and tokens, read whole and cut anywhere.</summary>
public sealed class RealSecretTests
{
    private static readonly Lazy<List<(byte[] Line, HashSet<string> Secrets)>> Bearing = new(() =>
        [.. RealLogs.Permissive().Select(line => (line, SecretValues.Of(line))).Where(pair => pair.Item2.Count > 0)]);

    [Fact]
    public void No_secret_of_a_real_log_is_left_in_what_the_reader_gives()
    {
        var secrets = Bearing.Value.SelectMany(pair => pair.Secrets).ToHashSet(StringComparer.Ordinal);
        Assert.True(secrets.Count > 20, "the logs hold secrets, or this test says nothing");
        foreach (var (line, _) in Bearing.Value)
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
        foreach (var (line, secrets) in Bearing.Value.Where(pair => pair.Line.Length < 100_000))
        {
            for (var i = 0; i < 60; i++)
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
        foreach (var (line, secrets) in Bearing.Value.Where(pair => pair.Line.Length < 100_000))
        {
            for (var i = 0; i < 20; i++)
            {
                foreach (var read in Readers.Read(line[random.Next(1, line.Length)..]))
                    AssertNone(read, secrets.Where(secret => secret.Length >= 16));
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
                expected = expected.Replace($"\"{secret}\"", $"\"{Fingerprint(secret)}\"").Replace($"\\\"{secret}\\\"", $"\\\"{Fingerprint(secret)}\\\"");
            Assert.Equal(expected, read.Text);
        }
    }

    [Fact]
    public void Events_without_secrets_stay_byte_for_byte()
    {
        foreach (var line in RealLogs.Permissive().Where(line => SecretValues.Of(line).Count == 0))
        {
            var read = Assert.Single(Readers.Read(line));
            Assert.Equal(line, read.Raw);
            Assert.Equal(EventMarks.None, read.Marks);
        }
    }

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
            if (read.Raw.AsSpan().IndexOf(Encoding.UTF8.GetBytes(form)) >= 0)
                Assert.Fail($"'{form}' is left in {read.Text[..Math.Min(2000, read.Text.Length)]}");
        }
    }
}
