using System.Text;

namespace Reeve.Audit.Tests;

public sealed class EventIdentityTests
{
    private const string Rest = "\"auditID\":\"1\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/a\",\"verb\":\"get\",\"requestReceivedTimestamp\":\"2026-11-23T03:36:57.621701Z\"";

    [Theory]
    [InlineData("{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\"," + Rest + "}")]
    [InlineData("{" + Rest + ",\"apiVersion\":\"audit.k8s.io/v1\",\"kind\":\"Event\"}")]
    [InlineData("{\"apiVersion\":\"audit.k8s.io/v1\"," + Rest + ",\"kind\":\"Event\"}")]
    [InlineData("{\"kind\":\"Event\"," + Rest + "}")]
    public void A_log_line_and_the_same_item_of_a_list_have_one_fingerprint(string line) =>
        Assert.Equal(Fingerprint("{" + Rest + "}"), Fingerprint(line));

    [Fact]
    public void Any_other_byte_makes_another_fingerprint()
    {
        var line = "{\"kind\":\"Event\"," + Rest + "}";
        var seen = new HashSet<UInt128> { Fingerprint(line), Fingerprint(line, "other") };
        Assert.Equal(2, seen.Count);
        Assert.True(seen.Add(Fingerprint(line.Replace("/a", "/b"))));
        Assert.True(seen.Add(Fingerprint(line.Replace("ResponseComplete", "ResponseStarted"))));
        Assert.True(seen.Add(Fingerprint(line.Replace(":\"1\"", ":\"2\""))));
        Assert.True(seen.Add(Fingerprint(line.Replace("}", ",\"x\":{\"kind\":\"Event\"}}"))));
    }

    [Fact]
    public void Real_lines_and_their_items_have_one_fingerprint_and_no_two_events_share_one()
    {
        var seen = new HashSet<UInt128>();
        foreach (var line in RealLogs.Permissive().Where(line => line.Length < 10_000))
        {
            var text = Encoding.UTF8.GetString(line);
            var item = "{" + text["{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",".Length..];
            Assert.Equal(Fingerprint(text), Fingerprint($"{{\"kind\":\"EventList\",\"items\":[{item}]}}"));
            Assert.True(seen.Add(Fingerprint(text)), text);
        }
    }

    [Fact]
    public void The_stages_of_a_request_have_one_key()
    {
        var received = "{\"kind\":\"Event\"," + Rest.Replace("ResponseComplete", "RequestReceived") + "}";
        var complete = "{" + Rest + ",\"responseStatus\":{\"code\":200}}";
        Assert.Equal(Key(received), Key(complete));
        Assert.NotEqual(Key(complete), Key(complete, "other"));
        Assert.NotEqual(Key(complete), Key(complete.Replace("/a", "/b")));
        Assert.NotEqual(Key(complete), Key(complete.Replace("621701", "621702")));
    }

    [Fact]
    public void A_stage_that_was_cut_has_the_key_that_its_request_names_for_it()
    {
        var received = "{\"kind\":\"Event\"," + Rest.Replace("ResponseComplete", "RequestReceived") + "}";
        var cut = "{" + Rest[..Rest.IndexOf(",\"requestReceivedTimestamp", StringComparison.Ordinal)] + ",\"responseObject\":{\"a\":";
        Assert.Equal(CutKey(received), Key(cut));
        Assert.NotEqual(Key(received), Key(cut));
        Assert.NotEqual(CutKey(received), Key(cut, "other"));
        Assert.NotEqual(CutKey(received), Key(cut.Replace("/a", "/b")));
        Assert.Equal(UInt128.Zero, CutKey("""{"verb":"get","requestURI":"/a"}"""));
    }

    [Fact]
    public void Parts_cannot_be_shifted_into_one_another() =>
        Assert.NotEqual(
            Key("""{"verb":"get","auditID":"ab","requestURI":"c"}"""), Key("""{"verb":"get","auditID":"a","requestURI":"bc"}"""));

    [Theory]
    [InlineData("""{"verb":"get","requestURI":"/a"}""")]
    [InlineData("""{"verb":"get","auditID":""}""")]
    [InlineData("garbage")]
    public void Without_an_audit_id_there_is_no_identity(string record)
    {
        Assert.Equal(UInt128.Zero, Key(record));
        Assert.Equal(UInt128.Zero, Fingerprint(record));
    }

    private static UInt128 Fingerprint(string record, string cluster = "c") => Read(record, e => EventIdentity.Fingerprint(cluster, e));

    private static UInt128 Key(string record, string cluster = "c") => Read(record, e => EventIdentity.RequestKey(cluster, e));

    private static UInt128 CutKey(string record) => Read(record, e => EventIdentity.CutRequestKey("c", e));

    private static UInt128 Read(string record, Func<AuditEvent, UInt128> identity)
    {
        var sink = new IdentitySink(identity);
        Readers.New().Read(Encoding.UTF8.GetBytes(record), sink);
        return Assert.Single(sink.Values);
    }

    private sealed class IdentitySink(Func<AuditEvent, UInt128> identity) : Audit.Reading.IEventSink
    {
        public List<UInt128> Values { get; } = [];

        public void Accept(AuditEvent auditEvent) => Values.Add(identity(auditEvent));
    }
}
