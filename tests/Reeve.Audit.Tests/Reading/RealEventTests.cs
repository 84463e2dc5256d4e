using System.Text;
using CsCheck;
using Reeve.Testing;

namespace Reeve.Audit.Tests.Reading;

/// <summary>What a real apiserver writes, whole, cut and broken.</summary>
public sealed class RealEventTests
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", "\"", ":", ",", "\\", "\"kind\":", "\"Event\"", "\"verb\":", "\"items\":[", "\"data\":{", "\"EventList\"",
        "\"Secret\"", "\\u0041", "1", "null", "\n", "\"user\":{", "\"requestObject\":", "\"{\\\"kind\\\":", "\\\"Secret\\\"", "}\"",
    ];

    [Fact]
    public void Every_field_of_every_real_event_is_read()
    {
        var lines = RealLogs.Permissive();
        Assert.True(lines.Count > 1000);
        foreach (var line in lines)
        {
            var read = Assert.Single(Readers.Read(line));
            Assert.Equal(NaiveEvent.Values(read.Raw), read.Values);
            Assert.NotEqual(Category.None, read.Category);
        }
    }

    [Fact]
    public void Bodies_removed_by_the_apiserver_are_remarked()
    {
        foreach (var line in RealLogs.Truncated())
        {
            var removed = line.AsSpan().IndexOf("\"audit.k8s.io/truncated\":\"true\""u8) >= 0;
            Assert.Equal(removed ? Integrity.TruncatedByApiserver : Integrity.Whole, Assert.Single(Readers.Read(line)).Integrity);
        }
    }

    [Fact]
    public void A_webhook_body_gives_its_events_without_kind_and_alike_otherwise()
    {
        foreach (var path in Directory.GetFiles(Repository.Shared("data", "webhook"), "*.json*").Where(path => !path.EndsWith(".headers", StringComparison.Ordinal)))
        {
            var body = RealLogs.Bytes(path);
            using var list = System.Text.Json.JsonDocument.Parse(body);
            var items = list.RootElement.GetProperty("items").EnumerateArray().Select(item => Encoding.UTF8.GetBytes(item.GetRawText())).ToList();
            var read = Readers.Read(body);
            Assert.Equal(items.Count, read.Count);
            for (var i = 0; i < items.Count; i++)
            {
                Assert.True(read[i].Integrity is Integrity.Whole or Integrity.TruncatedByApiserver);
                Assert.Equal(NaiveEvent.Values(read[i].Raw), read[i].Values);
                if (!read[i].Marks.HasFlag(EventMarks.Scrubbed))
                    Assert.Equal(items[i], read[i].Raw);
            }
        }
    }

    [Fact]
    public void A_cut_event_keeps_the_fields_before_the_cut()
    {
        var random = new Random(4711);
        foreach (var line in RealLogs.Permissive().Where((line, i) => i % 7 == 0 && line.Length < 100_000))
        {
            var whole = Values(Assert.Single(Readers.Read(line)));
            var cut = Assert.Single(Readers.Read(line[..random.Next(40, line.Length)]));
            Assert.Equal(Integrity.TruncatedBySender, cut.Integrity);
            Assert.Subset(whole, Values(cut));
        }
    }

    [Fact]
    public void An_event_of_any_log_cut_anywhere_says_nothing_but_what_the_whole_event_says()
    {
        var random = new Random(815);
        var lines = Directory.GetFiles(Repository.Shared("data", "audit"), "*.*", SearchOption.AllDirectories)
            .Where(file => (file.Contains(".jsonl", StringComparison.Ordinal) || file.Contains(".log", StringComparison.Ordinal)) && !file.Contains("bulk.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(file => RealLogs.Lines(RealLogs.Bytes(file)))
            .Where((line, i) => i % 37 == 0 && line.Length < 50_000)
            .ToList();
        Assert.True(lines.Count > 100);
        foreach (var line in lines)
        {
            var whole = Values(Assert.Single(Readers.Read(line)));
            for (var cut = 0; cut < 25; cut++)
            {
                foreach (var read in Readers.Read(line[..random.Next(1, line.Length)]))
                {
                    Assert.NotEqual(Integrity.Whole, read.Integrity);
                    Assert.Subset(whole, Values(read));
                }
            }
        }
    }

    [Fact]
    public void What_is_journalled_gives_the_same_fields_again_whatever_happened_to_the_line()
    {
        var lines = RealLogs.Permissive().Where((line, i) => i % 5 == 0 && line.Length < 20_000).ToArray();
        Gen.Select(Gen.Int[0, lines.Length - 1], Gen.Int[0, 20_000], Gen.Int[0, 20_000], Gen.Byte, Gen.Int[0, 4])
            .Sample(
                (index, a, b, value, damage) =>
                {
                    foreach (var read in Readers.Read(Damage(lines[index], a, b, value, damage)))
                    {
                        var restored = Readers.Restore(read.Raw);
                        Assert.Equal(read.Values, restored.Values);
                        Assert.Equal(read.Integrity, restored.Integrity);
                        Assert.Equal(read.Category, restored.Category);
                        Assert.Equal(read.Raw, restored.Raw);
                    }
                },
                iter: 5_000);
    }

    [Fact]
    public void No_bytes_are_dropped_and_none_throw()
    {
        Gen.Byte.Array[0, 300].Sample(
            bytes => Assert.Equal(Encoding.Latin1.GetString(bytes).AsSpan().Trim(" \t\r\n[],").IsEmpty, Readers.Read(bytes).Count == 0),
            iter: 20_000);
        Gen.Int[0, Tokens.Length - 1].Array[0, 40].Sample(
            tokens => Readers.Read(string.Concat(tokens.Select(i => Tokens[i]))), iter: 50_000);
    }

    private static byte[] Damage(byte[] line, int a, int b, byte value, int damage)
    {
        var (from, to) = (Math.Min(a, b) % line.Length, Math.Max(a, b) % line.Length);
        if (from > to)
            (from, to) = (to, from);
        switch (damage)
        {
            case 0: return line[..from];
            case 1: return line[from..];
            case 2: return [.. line[..from], .. line[to..]];
            case 3: return [.. line[..from], .. line];
            default:
                var changed = line.ToArray();
                changed[from] = value;
                return changed;
        }
    }

    private static HashSet<string> Values(EventCopy read) => [.. read.Values.Split('\n')];
}
