using System.Text;
using Reeve.Audit.Reading;

namespace Reeve.Audit.Tests.Reading;

public sealed class EventReaderTests
{
    private const string Event = """{"kind":"Event","apiVersion":"audit.k8s.io/v1","auditID":"1","verb":"get","user":{"username":"bob"}}""";

    [Theory]
    [InlineData("\uFEFF" + Event)]
    [InlineData(Event + "\r\n")]
    [InlineData(" \t\n" + Event + "  ")]
    public void Byte_order_mark_and_white_space_belong_to_no_event(string record)
    {
        var read = Assert.Single(Readers.Read(record));
        Assert.Equal(Event, read.Text);
        Assert.Equal(Integrity.Whole, read.Integrity);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    [InlineData("\uFEFF")]
    public void White_space_is_no_event(string record) => Assert.Empty(Readers.Read(record));

    [Theory]
    [InlineData("garbage")]
    [InlineData("2026-11-23 text")]
    [InlineData("null")]
    [InlineData("[1,2]")]
    [InlineData("{}")]
    [InlineData("{\"kind\":\"Event\",\"apiVersion\":\"v1\",\"reason\":\"Pulled\"}")]
    [InlineData("{\"kind\":\"Pod\",\"verb\":\"get\"}")]
    [InlineData("{\"a\":1,")]
    [InlineData("\0\0\0")]
    [InlineData("}")]
    public void What_is_no_event_becomes_one_unreadable_event(string record)
    {
        var read = Assert.Single(Readers.Read(record));
        Assert.Equal(Integrity.Unreadable, read.Integrity);
        Assert.Equal(Category.None, read.Category);
        Assert.Equal("", read.Values);
        Assert.Equal(record, read.Text);
    }

    [Fact]
    public void An_event_needs_no_kind_if_it_has_a_verb() =>
        Assert.Contains("UserName = bob", Assert.Single(Readers.Read("""{"verb":"","user":{"username":"bob"}}""")).Values, StringComparison.Ordinal);

    [Fact]
    public void A_list_cut_in_an_item_gives_the_items_before_it_whole()
    {
        var read = Readers.Read("""{"kind":"EventList","items":[{"verb":"get","auditID":"1"},{"verb":"list","auditID":"2"},{"verb":"watch","audi""");
        Assert.Equal([Integrity.Whole, Integrity.Whole, Integrity.TruncatedBySender], read.Select(e => e.Integrity));
        Assert.Equal(["get", "list", "watch"], read.Select(e => e.Values.Split('\n')[^2].Replace("Verb = ", "").Trim()));
    }

    [Fact]
    public void Damage_in_a_body_leaves_no_secret_behind_it()
    {
        var read = Assert.Single(Readers.Read("""{"level":"Request","auditID":"1","verb":"create","requestObject":{"kind":"Pod","x":tru,"env":[{"name":"DB_PASSWORD","value":"hunter2"}]}}"""));
        Assert.DoesNotContain("hunter2", read.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_of_many_half_lines_is_read_in_one_pass()
    {
        const int Lines = 300_000;
        Assert.Equal(Lines, Readers.Read(string.Concat(Enumerable.Repeat("{\"x\n", Lines))).Count);
    }

    [Fact]
    public void A_list_without_items_gives_nothing_and_hides_nothing_behind_it() =>
        Assert.Equal(Event, Assert.Single(Readers.Read("""{"kind":"EventList","items":[],"metadata":{}}""" + "\n" + Event)).Text);

    [Fact]
    public void A_body_with_a_line_for_each_event_gives_each() =>
        Assert.Equal(3, Readers.Read($"{Event}\n{Event}\n\n{Event}\n").Count(e => e.Integrity == Integrity.Whole));

    [Theory]
    [InlineData("""{"kind":"Event","apiVersion":"audit.k8s.io/v1","verb":"list","user":{"userna""")]
    [InlineData("""{"kind":"Event","apiVersion":"audit.k8s.io/v1","verb":"list","code":12""")]
    [InlineData("""{"kind":"Event","apiVersion":"audit.k8s.io/v1","verb":"list" """)]
    public void A_line_glued_to_a_half_one_is_an_event_of_its_own(string half)
    {
        var read = Readers.Read(half + Event);
        Assert.Equal([Integrity.TruncatedBySender, Integrity.Whole], read.Select(e => e.Integrity));
        Assert.StartsWith("Verb = list", read[0].Values, StringComparison.Ordinal);
        Assert.Equal(Event, read[1].Text);
    }

    [Fact]
    public void A_number_or_word_that_may_have_been_longer_does_not_count()
    {
        var read = Assert.Single(Readers.Read("""{"kind":"Event","verb":"get","responseStatus":{"code":20"""));
        Assert.DoesNotContain("Code", read.Values, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"verb":"get","verb":"list"}""", "Verb = list\n")]
    [InlineData("""{"verb":"get","user":{"username":"a","groups":["x"]},"user":{"groups":["y","z"]}}""", "Verb = get\nUserName = a\nGroups[] = y\nGroups[] = z\n")]
    public void Of_a_key_that_stands_twice_the_last_counts(string json, string values) =>
        Assert.Equal(values, Assert.Single(Readers.Read(json)).Values);

    [Theory]
    [InlineData("""{"verb":["get"],"user":"bob","sourceIPs":{"a":1},"objectRef":[],"responseStatus":{"code":"200","message":7},"annotations":null}""")]
    [InlineData("""{"verb":7,"auditID":null,"user":null,"sourceIPs":null,"responseStatus":null,"requestObject":null,"stageTimestamp":12}""")]
    public void Values_of_a_wrong_type_are_absent(string json)
    {
        var read = Assert.Single(Readers.Read(json));
        Assert.Equal("", read.Values);
        Assert.Equal(Integrity.Whole, read.Integrity);
    }

    [Theory]
    [InlineData("200", "Code = 200")]
    [InlineData("70000", "")]
    [InlineData("-1", "")]
    [InlineData("1e400", "")]
    [InlineData("99999999999999999999999999999999999999999999", "")]
    public void A_code_is_a_number_of_sixteen_bits(string number, string line) =>
        Assert.Equal($"Verb = get\n{line}".Trim(), Assert.Single(Readers.Read($"{{\"verb\":\"get\",\"responseStatus\":{{\"code\":{number}}}}}")).Values.Trim());

    [Theory]
    [InlineData("""a\u0000b""", "a\0b")]
    [InlineData("""\ud83d\ude00""", "😀")]
    [InlineData("""x\ud800y""", "x\uFFFDy")]
    [InlineData("""\udc00\ud800""", "\uFFFD\uFFFD")]
    [InlineData("""\u12""", "\\u12")]
    [InlineData("""\q""", "\\q")]
    [InlineData("""\"\\\/\b\f\n\r\t""", "\"\\/\b\f\n\r\t")]
    [InlineData("a\u0001\tb", "a\u0001\tb")]
    public void Text_is_unescaped_as_far_as_it_can_be(string text, string expected)
    {
        var auditEvent = new AuditEvent();
        new EventRestorer().Restore(Encoding.UTF8.GetBytes($"{{\"verb\":\"{text}\",\"kind\":\"Event\"}}"), auditEvent);
        Assert.Equal(expected, auditEvent.Text(EventField.Verb));
    }

    [Fact]
    public void Bad_bytes_are_kept_in_raw_and_replaced_in_fields()
    {
        byte[] record = [.. "{\"verb\":\"get\",\"user\":{\"username\":\"b\\t"u8, 0xFF, 0xC3, .. "b\"},\"userAgent\":\"é\"}"u8];
        var read = Assert.Single(Readers.Read(record));
        Assert.Equal(record, read.Raw);
        Assert.Equal("Verb = get\nUserName = b\t\uFFFD\uFFFDb\nUserAgent = é\n", read.Values);
        Assert.Equal(EventMarks.InvalidUtf8, read.Marks);
        Assert.Equal(Integrity.Whole, read.Integrity);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Depth_is_no_limit(string open, string close)
    {
        var body = string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000));
        var read = Assert.Single(Readers.Read($"{{\"verb\":\"get\",\"requestObject\":{body},\"auditID\":\"1\"}}"));
        Assert.StartsWith("AuditId = 1\nVerb = get\n", read.Values, StringComparison.Ordinal);
        Assert.Equal(Integrity.TruncatedBySender, Assert.Single(Readers.Read($"{{\"verb\":\"get\",\"requestObject\":{body[..^1]}")).Integrity);
    }

    [Theory]
    [InlineData("""{"verb":"get","stageTimestamp":"2026-11-23T03:36:57.621701Z","timestamp":"2020-01-01T00:00:00Z"}""", "2026-11-23T03:36:57.6217010Z")]
    [InlineData("""{"verb":"get","timestamp":"2020-01-01T00:00:00Z","stageTimestamp":"2026-11-23T03:36:57.621701Z"}""", "2026-11-23T03:36:57.6217010Z")]
    [InlineData("""{"verb":"get","metadata":{"creationTimestamp":"2020-01-01T02:00:00+02:00"}}""", "2020-01-01T00:00:00.0000000Z")]
    [InlineData("""{"verb":"get","timestamp":"2020-01-01T00:00:00Z"}""", "2020-01-01T00:00:00.0000000Z")]
    [InlineData("""{"verb":"get","stageTimestamp":"2020-02-30T00:00:00Z"}""", null)]
    [InlineData("""{"verb":"get","stageTimestamp":"9999-12-31T23:59:60-23:59"}""", null)]
    [InlineData("""{"verb":"get","stageTimestamp":"yesterday"}""", null)]
    public void The_time_of_a_stage_is_its_own_or_that_of_older_versions(string json, string? expected)
    {
        var auditEvent = new AuditEvent();
        new EventRestorer().Restore(Encoding.UTF8.GetBytes(json), auditEvent);
        Assert.Equal(expected, auditEvent.StageAt?.ToString("O"));
    }

    [Fact]
    public void A_larger_event_keeps_its_beginning_and_says_what_is_missing()
    {
        var limits = new EventLimits { Event = 2000, Kept = 300 };
        var padding = new string('x', 3000);
        var record = """{"kind":"Event","verb":"create","requestURI":"/api/v1/pods","user":{"username":"bob"},"requestObject":{"kind":"Pod","a":"PAD"}}""".Replace("PAD", padding);
        var read = Assert.Single(Readers.Read(record, limits));
        Assert.Equal(Integrity.TruncatedByReeve, read.Integrity);
        Assert.Equal(record.Length - limits.Kept, read.CutBytes);
        Assert.Equal("RequestUri = /api/v1/pods\nVerb = create\nUserName = bob\n", read.Values);
        Assert.Equal($"…reeve:cut:{read.CutBytes}:{Readers.Key.Fingerprint(Encoding.UTF8.GetBytes(record[limits.Kept..])):x16}", read.Text[read.Text.IndexOf('…')..]);
        var restored = Readers.Restore(read.Raw);
        Assert.Equal((read.Integrity, read.CutBytes, read.Values), (restored.Integrity, restored.CutBytes, restored.Values));
    }

    [Fact]
    public void Larger_bytes_that_are_no_event_keep_their_beginning_too()
    {
        var read = Assert.Single(Readers.Read(string.Concat(Enumerable.Repeat("no event ", 1000)), new EventLimits { Event = 2000, Kept = 300 }));
        Assert.Equal(Integrity.Unreadable, read.Integrity);
        Assert.Equal(8999 - 300, read.CutBytes);
    }

    [Fact]
    public void What_a_source_did_not_hand_over_is_said()
    {
        var sink = new CollectingSink();
        Readers.New().Read("""{"kind":"Event","verb":"get","userAgent":"a"""u8.ToArray(), new RecordTail(20 << 20, 0xABC), sink);
        var read = Assert.Single(sink.Events);
        Assert.Equal((Integrity.TruncatedByReeve, 20L << 20), (read.Integrity, read.CutBytes));
        Assert.EndsWith("…reeve:cut:20971520:0000000000000abc", read.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_allocates_nothing_for_each_event()
    {
        var reader = Readers.New();
        var sink = new CountingSink();
        var record = Encoding.UTF8.GetBytes(Event);
        for (var i = 0; i < 100; i++)
            reader.Read(record, sink);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            reader.Read(record, sink);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(1100, sink.Count);
    }

    private sealed class CountingSink : IEventSink
    {
        public int Count { get; private set; }

        public void Accept(AuditEvent auditEvent) => Count++;
    }
}
