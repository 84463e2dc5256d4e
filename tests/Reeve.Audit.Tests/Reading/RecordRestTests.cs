using System.Text;
using Reeve.Audit.Reading;
using Reeve.Audit.Tests.Scrubbing;

namespace Reeve.Audit.Tests.Reading;

/// <summary>The rest of a record whose beginning was read before.</summary>
public sealed class RecordRestTests
{
    private const string Times = ",\"requestReceivedTimestamp\":\"2026-11-23T03:36:57.621701Z\",\"stageTimestamp\":\"2026-11-23T03:36:57.630000Z\"";

    [Theory]
    [InlineData("2,\"pw\":\"aHVudGVyMg==\",\"pin\":\"MTIzNA==\"}}" + Times + "}", Times + "}")]
    [InlineData("\"MTIzNA==\"}}" + Times + ",\"annotations\":{\"authorization.k8s.io/decision\":\"allow\"}}", Times + "}")]
    [InlineData("57.6Z\",\"stageTimestamp\":\"2026-11-23T03:36:57.630000Z\"}", ",\"stageTimestamp\":\"2026-11-23T03:36:57.630000Z\"}")]
    [InlineData("\"a\":1234", "")]
    [InlineData("}", "")]
    [InlineData("{\"kind\":\"Event\",\"verb\":\"get\"}", "")]
    [InlineData("\"x\":\"y\"" + Times + "}}", "")]
    [InlineData("\"x\":\"y\"" + Times + ",\"password\":\"hunter2\"}", "")]
    [InlineData("\"x\":\"y\"" + Times + ",\"annotations\":{},\"stageTimestamp\":\"2026-11-23T03:36:57.630000Z\"}", ",\"stageTimestamp\":\"2026-11-23T03:36:57.630000Z\"}")]
    [InlineData("\"x\":\"y\",\"stageTimestamp\":\"2026-11-23T03:36:57.12345678901Z\"}", "")]
    [InlineData("\"x\":\"y\",\"stageTimestamp\":\"hunter2\"}", "")]
    public void Nothing_is_left_of_a_rest_but_its_fingerprint_and_the_times_at_its_end(string rest, string kept)
    {
        var read = Rest(Encoding.UTF8.GetBytes(rest));
        Assert.Equal($"…reeve:rest:{rest.Length}:{Readers.Key.Fingerprint(Encoding.UTF8.GetBytes(rest)):x16}{kept}", read.Text);
        Assert.Equal((Integrity.Fragment, EventMarks.Scrubbed, Category.None), (read.Integrity, read.Marks, read.Category));
        Assert.Equal(kept.Contains("requestReceived", StringComparison.Ordinal), read.Values.Contains("RequestReceivedAt = 2026-11-23T03:36:57.6217010Z", StringComparison.Ordinal));
        Assert.Equal(kept.Contains("stage", StringComparison.Ordinal), read.Values.Contains("StageAt = 2026-11-23T03:36:57.6300000Z", StringComparison.Ordinal));
        AssertRestored(read);
    }

    [Fact]
    public void A_rest_stands_for_no_request()
    {
        var sink = new ResponseSink();
        Readers.New().ReadRest("\"}"u8.ToArray(), default, sink);
        Assert.False(sink.IsResponse);
    }

    [Fact]
    public void What_a_source_did_not_keep_of_a_rest_is_said()
    {
        var read = Rest(Encoding.UTF8.GetBytes("\"x\":\"y\"" + Times + "}"), new RecordTail(7, 0xABC));
        Assert.EndsWith("…reeve:cut:7:0000000000000abc", read.Text, StringComparison.Ordinal);
        Assert.Equal((7L, ""), (read.CutBytes, read.Values));
        AssertRestored(read);
    }

    [Fact]
    public void White_space_is_no_rest()
    {
        var sink = new CollectingSink();
        Readers.New().ReadRest(" \r\n"u8.ToArray(), default, sink);
        Assert.Empty(sink.Events);
    }

    [Fact]
    public void No_secret_however_short_is_left_in_the_rest_of_a_real_event()
    {
        var random = new Random(20260727);
        var seen = 0;
        foreach (var line in RealLogs.Permissive().Where(line => line.Length < 100_000))
        {
            var forms = SecretValues.Of(line).SelectMany(Forms).Where(form => form.Length >= 4).ToList();
            if (forms.Count == 0)
                continue;
            seen++;
            for (var i = 0; i < 60; i++)
            {
                var read = Rest(line[random.Next(1, line.Length)..]);
                Assert.Equal(Integrity.Fragment, read.Integrity);
                Assert.All(forms, form => Assert.DoesNotContain(form, read.Text, StringComparison.Ordinal));
                AssertRestored(read);
            }
        }

        Assert.True(seen > 20, "the logs hold secrets, or this test says nothing");
    }

    [Fact]
    public void The_times_of_a_real_event_are_known_from_its_rest()
    {
        foreach (var line in RealLogs.Permissive().Where(line => line.Length < 10_000))
        {
            var whole = Assert.Single(Readers.Read(line)).Values.Split('\n').Where(value => value.StartsWith("StageAt", StringComparison.Ordinal));
            Assert.Equal(whole, Rest(line[(line.Length / 3)..]).Values.Split('\n').Where(value => value.StartsWith("StageAt", StringComparison.Ordinal)));
        }
    }

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        var buffer = new byte[secret.Length];
        if (Convert.TryFromBase64String(secret, buffer, out var length))
            yield return Encoding.Latin1.GetString(buffer, 0, length);
    }

    private static EventCopy Rest(byte[] record, RecordTail tail = default)
    {
        var sink = new CollectingSink();
        Readers.New().ReadRest(record, tail, sink);
        return Assert.Single(sink.Events);
    }

    private static void AssertRestored(EventCopy read)
    {
        var restored = Readers.Restore(read.Raw);
        Assert.Equal((read.Integrity, read.CutBytes, read.Values), (restored.Integrity, restored.CutBytes, restored.Values));
    }

    private sealed class ResponseSink : IEventSink
    {
        public bool IsResponse { get; private set; } = true;

        public void Accept(AuditEvent auditEvent) => IsResponse = auditEvent.IsResponse;
    }
}
