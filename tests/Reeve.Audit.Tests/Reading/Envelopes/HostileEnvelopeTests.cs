using System.Text;
using CsCheck;
using Reeve.Audit.Reading;

namespace Reeve.Audit.Tests.Reading.Envelopes;

/// <summary>What a hostile or broken sender may put into an envelope: nothing throws, nothing is dropped, no secret gets out, memory is bounded.</summary>
public sealed class HostileEnvelopeTests
{
    private const string Value = "aHVudGVyMi1odW50ZXIyLWh1bnRlcjI=";

    private const string WithSecret =
        """{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Request","auditID":"1","verb":"create","objectRef":{"resource":"secrets","name":"s"},"requestObject":{"kind":"Secret","data":{"password":"VALUE"}},"stageTimestamp":"2026-11-23T03:36:57.621701Z"}""";

    private static readonly string[] Names = [.. EnvelopeCases.Names];

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", "\"", ":", ",", "\\", "\\\"", "\\u0022", "null", "1", "1e999", "\n", "H4sIAAAA", "====", "\"log\":", "\"message\":", "\"logEvents\":[",
        "\"records\":[", "\"properties\":{", "\"log_s\":\"", "\"protoPayload\":{", "\"methodName\":\"io.k8s.v1.\"", "\"resourceName\":\"core/v1/\"", "\"data\":\"", "\"verb\":\"get\"", "\"kind\":\"Event\"",
        "\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":", "\"kvlistValue\":{\"values\":[", "\"key\":", "\"value\":{", "\"AuditId\":", "\"Verb\":", "\"_source\":{", "\"kubernetes\":{\"audit\":{",
        "2026-11-23T03:36:57Z AUDIT: id=\"", "\" stage=\"", "\\x", "stdout F {", "\u001f\u008b\b",
    ];

    [Fact]
    public void Whatever_happens_to_an_envelope_nothing_throws_and_the_journal_gives_the_same_fields_again()
    {
        Gen.Select(Gen.Int[0, Names.Length - 1], Gen.Int[0, 5_000], Gen.Int[0, 5_000], Gen.Byte, Gen.Int[0, 4])
            .Sample(
                (index, a, b, value, damage) =>
                {
                    var reads = Readers.Read(Damage(EnvelopeCases.Wrap(Names[index], WithSecret.Replace("VALUE", Value, StringComparison.Ordinal)), a, b, value, damage));
                    foreach (var read in reads)
                    {
                        var restored = Readers.Restore(read.Raw);
                        Assert.Equal((read.Values, read.Integrity), (restored.Values, restored.Integrity));
                        // What another log is, is journalled as a mark beside it.
                        if (!read.Marks.HasFlag(EventMarks.OtherLog))
                            Assert.Equal(read.Category, restored.Category);
                        // Other damage may take away every word that says what the value is.
                        if (damage is 0 or 3)
                            AssertHidden(Value, read);
                    }
                },
                iter: 20_000);
    }

    [Fact]
    public void No_pieces_of_envelopes_in_any_order_throw_or_are_dropped()
    {
        Gen.Int[0, Tokens.Length - 1].Array[1, 40].Sample(
            tokens =>
            {
                var text = string.Concat(tokens.Select(i => Tokens[i]));
                Assert.True(Readers.Read(Encoding.Latin1.GetBytes(text)).Count > 0 || text.AsSpan().Trim(" \t\r\n[],").IsEmpty || text.Contains("\"items\"", StringComparison.Ordinal));
            },
            iter: 50_000);
    }

    [Fact]
    public void No_cut_of_an_envelope_lets_a_secret_out()
    {
        foreach (var name in Names)
        {
            var wrapped = EnvelopeCases.Wrap(name, WithSecret.Replace("VALUE", Value, StringComparison.Ordinal));
            for (var length = 1; length <= wrapped.Length; length += length % 3 + 1)
            {
                foreach (var read in Readers.Read(wrapped[..length]))
                    AssertHidden(Value, read);
            }
        }
    }

    [Theory]
    [InlineData("{\"log\":\"{\\\"kind\\\":\\\"Event\\\",\\\"verb\\\":\\\"get\\\"}\",\"copy\":{\"kind\":\"Secret\",\"data\":{\"p\":\"VALUE\"}}}")]
    [InlineData("{\"log\":\"{\\\"kind\\\":\\\"Event\\\",\\\"verb\\\":\\\"get\\\"}\",\"copy\":\"{\\\"kind\\\":\\\"Secret\\\",\\\"data\\\":{\\\"p\\\":\\\"VALUE\\\"}}\"}")]
    [InlineData("{\"log\":\"{\\\"kind\\\":\\\"Event\\\",\\\"verb\\\":\\\"get\\\"}\",\"kubernetes\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"{\\\"kind\\\":\\\"Secret\\\",\\\"data\\\":{\\\"p\\\":\\\"VALUE\\\"}}\"}}}")]
    [InlineData("{\"protoPayload\":{\"serviceName\":\"k8s.io\",\"methodName\":\"io.k8s.core.v1.secrets.create\",\"resourceName\":\"core/v1/namespaces/a/secrets/s\",\"request\":{\"@type\":\"core.k8s.io/v1.Secret\",\"data\":{\"p\":\"VALUE\"}}}}")]
    [InlineData("{\"AuditId\":\"1\",\"Verb\":\"create\",\"ObjectRef\":\"{\\\"resource\\\":\\\"secrets\\\"}\",\"RequestObject\":\"{\\\"data\\\":{\\\"p\\\":\\\"VALUE\\\"}}\"}")]
    public void A_secret_beside_the_event_becomes_a_fingerprint_too(string record)
    {
        var read = Assert.Single(Readers.Read(record.Replace("VALUE", Value, StringComparison.Ordinal)));
        Assert.NotEqual("", read.Envelope);
        AssertHidden(Value, read);
        Assert.Contains("reeve:hmac:", read.Text + read.Envelope, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_bomb_is_cut_and_says_so()
    {
        var limits = new EventLimits { Event = 1 << 20, Kept = 64 << 10 };
        var bomb = EnvelopeCases.Pack([.. Encoding.UTF8.GetBytes("""{"kind":"Event","verb":"get","requestObject":{"a":" """), .. new byte[64 << 20]]);
        Assert.True(bomb.Length < 1 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = Assert.Single(Readers.Read(bomb, limits));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
        Assert.Equal((Integrity.TruncatedByReeve, "limits-event"), (read.Integrity, read.Cause?.Code));
        Assert.StartsWith("Verb = get\n", read.Values, StringComparison.Ordinal);
        Assert.True(read.Raw.Length <= limits.LargestRaw);
    }

    [Fact]
    public void Many_packed_bombs_in_one_record_share_one_bound()
    {
        var limits = new EventLimits { Event = 1 << 20, Kept = 64 << 10 };
        var bomb = Convert.ToBase64String(EnvelopeCases.Pack(new byte[4 << 20]));
        var record = $$"""{"records":[{{string.Join(',', Enumerable.Repeat($$"""{"data":"{{bomb}}"}""", 50))}}]}""";
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = Readers.Read(record, limits);
        Assert.Equal(50, read.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Theory]
    [InlineData("{\"log\":", "}")]
    [InlineData("[", "]")]
    [InlineData("{\"records\":[{\"properties\":{\"log\":", "}}]}")]
    [InlineData("{\"_source\":", "}")]
    [InlineData("{\"body\":{\"body\":", "}}")]
    [InlineData("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":", "}]}]}]}")]
    public void Envelopes_nested_a_hundred_thousand_deep_end(string open, string close)
    {
        var nested = string.Concat(Enumerable.Repeat(open, 100_000)) + "{\"verb\":\"get\"}" + string.Concat(Enumerable.Repeat(close, 100_000));
        Assert.Single(Readers.Read(nested));
        Assert.Single(Readers.Read(nested[..^1]));
    }

    [Fact]
    public void Values_of_OpenTelemetry_nested_deep_end()
    {
        const string Open = "{\"kvlistValue\":{\"values\":[{\"key\":\"a\",\"value\":", Close = "}]}}";
        var nested = string.Concat(Enumerable.Repeat(Open, 20_000)) + "{}" + string.Concat(Enumerable.Repeat(Close, 20_000));
        Assert.Single(Readers.Read("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":" + nested + "}]}]}]}"));
    }

    [Theory]
    [InlineData("{\"message\":{\"data\":\"%%%%\",\"messageId\":\"1\"}}")]
    [InlineData("{\"message\":{\"data\":\"H4sIAAAAAAAA/////\",\"messageId\":\"1\"}}")]
    [InlineData("{\"message\":{\"data\":\"\",\"messageId\":\"1\"}}")]
    [InlineData("{\"awslogs\":{\"data\":\"H4sIAAAA\"}}")]
    [InlineData("{\"records\":[{\"data\":7},{\"data\":null}]}")]
    [InlineData("{\"logEvents\":[{\"message\":7},{\"message\":null},{}],\"logGroup\":\"g\"}")]
    [InlineData("{\"logEvents\":\"x\",\"logGroup\":\"g\"}")]
    [InlineData("H4sIAAAA")]
    [InlineData("H4sI no base64")]
    [InlineData("\u001f\u008b\b")]
    public void Garbage_where_packed_bytes_should_be_is_kept(string record) => Assert.NotEmpty(Readers.Read(Encoding.Latin1.GetBytes(record)));

    [Fact]
    public void An_envelope_that_says_very_much_is_kept_up_to_a_bound()
    {
        var labels = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"label-{i}\":\"{new string('x', 50)}\""));
        var read = Assert.Single(Readers.Read($$"""{"log":"{\"verb\":\"get\"}","host":"cp1",{{labels}}}"""));
        Assert.Contains("cp1", read.Envelope, StringComparison.Ordinal);
        Assert.InRange(read.Envelope.Length, 100, 10_000);
    }

    private static void AssertHidden(string secret, EventCopy read)
    {
        foreach (var text in (string[])[read.Text, read.Envelope, read.Values])
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            // Of a cut or broken value the piece that is left is as good as a piece of the secret.
            Assert.DoesNotContain(secret[..16], text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret[^16..], text, StringComparison.Ordinal);
        }
    }

    private static byte[] Damage(byte[] bytes, int a, int b, byte value, int damage)
    {
        var (from, to) = (Math.Min(a, b) % bytes.Length, Math.Max(a, b) % bytes.Length);
        if (from > to)
            (from, to) = (to, from);
        switch (damage)
        {
            case 0: return bytes[..from];
            case 1: return bytes[from..];
            case 2: return [.. bytes[..from], .. bytes[to..]];
            case 3: return [.. bytes[..from], .. bytes];
            default:
                var changed = bytes.ToArray();
                changed[from] = value;
                return changed;
        }
    }
}
