using System.Text;
using CsCheck;
using Reeve.Audit.Scrubbing;

namespace Reeve.Audit.Tests.Scrubbing;

public sealed class NeedleScanTests
{
    private static readonly Gen<string> Part = Gen.OneOf(
        Gen.Int[0, SecretNeedles.All.Length - 1].Select(i => Encoding.ASCII.GetString(SecretNeedles.All[i].Bytes)),
        Gen.Int[0, SecretNeedles.All.Length - 1].Select(i => Encoding.ASCII.GetString(SecretNeedles.All[i].Bytes).ToUpperInvariant()),
        Gen.Int[0, SecretNeedles.All.Length - 1].Select(i => Encoding.ASCII.GetString(SecretNeedles.All[i].Bytes)[1..]),
        Gen.String[0, 40]);

    [Fact]
    public void Every_needle_has_a_probe_of_three_bytes()
    {
        foreach (var needle in SecretNeedles.All)
            Assert.InRange(needle.Probe, 0, needle.Bytes.Length - 3);
    }

    [Fact]
    public void One_pass_finds_what_looking_for_each_needle_finds() =>
        Part.Array[0, 12].Sample(parts =>
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(parts));
            var expected = new SortedSet<(int, string)>();
            foreach (var needle in SecretNeedles.All)
            {
                var word = Encoding.ASCII.GetString(needle.Bytes);
                for (var at = 0; at + word.Length <= text.Length; at++)
                {
                    var found = Encoding.Latin1.GetString(text, at, word.Length);
                    if (found.Equals(word, needle.AnyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
                        expected.Add((at + needle.Probe, word));
                }
            }

            var actual = new List<(int Probe, string Word)>();
            for (var scan = new NeedleScan(text); scan.Next(out var hit);)
                actual.Add((hit.At + hit.Needle.Probe, Encoding.ASCII.GetString(hit.Needle.Bytes)));
            Assert.All(actual, hit => Assert.Contains(hit, expected));
            Assert.Equal(expected.Select(hit => hit.Item1).Distinct(), actual.Select(hit => hit.Probe));
        });

    [Fact]
    public void Many_needles_and_no_end_take_bounded_memory()
    {
        var hits = new SecretHits();
        hits.Find(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("password ", 1_000_000))));
        Assert.True(hits.IsOverfull);
        Assert.InRange(hits.Count, 1, 1 << 16);
    }
}
