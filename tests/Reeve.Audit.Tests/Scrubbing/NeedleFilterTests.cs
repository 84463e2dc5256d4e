using System.Text;
using CsCheck;
using Reeve.Audit.Scrubbing;

namespace Reeve.Audit.Tests.Scrubbing;

public sealed class NeedleFilterTests
{
    private static readonly byte[][] Needles =
        [.. "ecret oken eyJ -----BEGIN assword abc aab".Split(' ').Select(Encoding.ASCII.GetBytes)];

    private static readonly NeedleFilter Filter = new(Needles);

    [Fact]
    public void It_finds_what_a_search_for_each_finds() =>
        Gen.Select(Gen.OneOf(Gen.Char["ecrtokn-BGINaswordyJ"].Select(letter => (byte)letter), Gen.Byte).Array[0, 300], Gen.Int[0, 40])
            .Sample((bytes, from) => Assert.Equal(IsInOneByOne(bytes.AsSpan(Math.Min(from, bytes.Length))), Filter.IsIn(bytes.AsSpan(Math.Min(from, bytes.Length)))), iter: 50_000);

    [Fact]
    public void A_text_is_found_wherever_it_stands_and_not_when_its_end_is_missing() =>
        Gen.Select(Gen.Int[0, Needles.Length - 1], Gen.Int[0, 260], Gen.Int[0, 260]).Sample(
            (which, before, after) =>
            {
                var dots = Enumerable.Repeat((byte)'.', before);
                Assert.True(Filter.IsIn([.. dots, .. Needles[which], .. Enumerable.Repeat((byte)'.', after)]));
                Assert.False(Filter.IsIn([.. dots, .. Needles[which][..^1]]));
                // What stands behind the end does not count.
                byte[] whole = [.. dots, .. Needles[which]];
                Assert.False(Filter.IsIn(whole.AsSpan(0, whole.Length - 1)));
            },
            iter: 5_000);

    private static bool IsInOneByOne(ReadOnlySpan<byte> bytes)
    {
        foreach (var needle in Needles)
        {
            if (bytes.IndexOf(needle) >= 0)
                return true;
        }

        return false;
    }
}
