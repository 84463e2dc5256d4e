using System.Text;
using CsCheck;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;

namespace Reeve.Audit.Tests.Scrubbing;

/// <summary>Fingerprints are longer than short secrets, but no event outgrows its limit.</summary>
public sealed class ScrubbedSizeTests
{
    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.Const("1"), Gen.Const("\"x\""), Gen.Const("{}"), Gen.Const("\"eyJ..\""), Gen.Const("{\"data\":1}"),
        Gen.Const("{\"kind\":\"Secret\",\"data\":[1,2,3]}"), Gen.Const("\"{\\\"kind\\\":\\\"Secret\\\",\\\"data\\\":[1,2]}\""));

    [Theory]
    [InlineData("[", "1", "]")]
    [InlineData("{\"a\":1", "\"b\":2", "}")]
    public void Many_short_secrets_become_one_fingerprint_with_their_length(string open, string member, string close)
    {
        var secrets = open + string.Concat(Enumerable.Repeat($",{member}", 100_000)).TrimStart(open == "[" ? ',' : '\0') + close;
        var fingerprint = $"reeve:hmac:{Readers.Key.Fingerprint(Encoding.UTF8.GetBytes(secrets)):x16}:{secrets.Length}";
        const string Event = """{"kind":"Event","verb":"create","requestObject":{"kind":"Secret","data":SECRETS,"type":"Opaque"},"auditID":"1"}""";
        var read = Assert.Single(Readers.Read(Event.Replace("SECRETS", secrets)));
        Assert.Equal(Event.Replace("SECRETS", $"\"{fingerprint}\""), read.Text);
        Assert.Equal(Integrity.Whole, read.Integrity);
        Assert.Equal(read.Raw, Assert.Single(Readers.Read(read.Raw)).Raw);
    }

    [Fact]
    public void An_event_that_fingerprints_make_too_large_is_cut()
    {
        var limits = new EventLimits { Event = 20_000, Kept = 3000 };
        var items = string.Join(',', Enumerable.Repeat("""{"data":1}""", 1700));
        var record = "{\"kind\":\"Event\",\"verb\":\"list\",\"responseObject\":{\"kind\":\"SecretList\",\"items\":[" + items + "]}}";
        Assert.InRange(record.Length, 0, limits.Event);
        var read = Assert.Single(Readers.Read(record, limits));
        Assert.Equal(Integrity.TruncatedByReeve, read.Integrity);
        Assert.Contains("Verb = list", read.Values, StringComparison.Ordinal);
        var whole = Assert.Single(Readers.Read(record)).Raw;
        Assert.Equal(whole[..limits.Kept], read.Raw[..limits.Kept]);
        Assert.Equal(whole.Length - limits.Kept, read.CutBytes);
        Assert.EndsWith($"…reeve:cut:{read.CutBytes}:{Readers.Key.Fingerprint(whole.AsSpan(limits.Kept)):x16}", read.Text, StringComparison.Ordinal);
        Assert.Equal(read.Values, Readers.Restore(read.Raw).Values);
    }

    [Fact]
    public void No_event_is_larger_than_its_limit_whatever_is_read() =>
        Gen.Select(Value, Gen.Int[0, 400], Gen.Int[1, 4000], Gen.Int[1, 4000], Gen.Int[0, 5], Gen.Int[0, 4000])
            .Sample((value, count, most, kept, shape, cut) =>
            {
                var values = string.Join(',', Enumerable.Repeat(value, count));
                var record = shape switch
                {
                    0 => "{\"kind\":\"Event\",\"verb\":\"create\",\"requestObject\":{\"kind\":\"Secret\",\"data\":[" + values + "]}}",
                    1 => "{\"kind\":\"Event\",\"verb\":\"create\",\"requestObject\":{\"kind\":\"SecretList\",\"items\":[" + values + "]}}",
                    2 => "{\"kind\":\"EventList\",\"items\":[{\"verb\":\"get\",\"objectRef\":{\"resource\":\"secrets\"},\"requestObject\":{\"data\":{\"a\":[" + values + "]}}}]}",
                    3 => "[" + values + "]",
                    4 => string.Concat(Enumerable.Repeat("0123456789abcdef ", count)),
                    _ => "\"Secret\"" + values,
                };
                AssertSmall(Encoding.UTF8.GetBytes(cut < record.Length ? record[..cut] : record), new EventLimits { Event = most, Kept = kept });
            });

    [Fact]
    public void No_real_event_is_larger_than_its_limit_whatever_that_is()
    {
        var random = new Random(20260726);
        foreach (var line in RealLogs.Permissive().Where(line => line.Length < 30_000))
        {
            AssertSmall(line, new EventLimits { Event = line.Length, Kept = random.Next(1, line.Length) });
            AssertSmall(line, new EventLimits { Event = random.Next(1, line.Length) });
        }
    }

    private static void AssertSmall(byte[] record, EventLimits limits)
    {
        var sink = new CollectingSink();
        var reader = new EventReader(new Scrubber(Readers.Key), limits);
        reader.Read(record, sink);
        reader.ReadRest(record, default, sink);
        reader.ReadRest(record, new RecordTail(long.MaxValue, ulong.MaxValue), sink);
        Assert.All(sink.Events, read => Assert.InRange(read.Raw.Length, 0, limits.LargestRaw));
    }
}
