using System.Text;
using System.Text.Json;

namespace Reeve.Audit.Tests.Reading.Envelopes;

/// <summary>Events in every envelope: what comes out is what went in, and what the envelope said is kept beside it.</summary>
public sealed class EnvelopeTests
{
    private const string Odd =
        """{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Request","auditID":"1","stage":"ResponseComplete","requestURI":"/api/v1/namespaces/q\u0026a/pods","verb":"create","user":{"username":"é\"\\","groups":["a","b"]},"objectRef":{"resource":"pods","namespace":"q","name":"\ud83d\ude00"},"responseStatus":{"metadata":{},"code":201},"requestObject":{"a":["\\\"",{"b":null}],"log":"{\"verb\":\"x\"}"},"stageTimestamp":"2026-11-23T03:36:57.621701Z","annotations":{"authorization.k8s.io/decision":"allow"}}""";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static TheoryData<string> Names => [.. EnvelopeCases.Names];

    // In packed bytes nobody can say where a value ends.
    public static TheoryData<string> Unpacked =>
        [.. EnvelopeCases.Names.Where(name => Encoding.UTF8.GetString(EnvelopeCases.Wrap(name, Odd)).Contains("requestObject", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_is_read_byte_for_byte_as_it_went_in(string name)
    {
        var read = Assert.Single(Readers.Read(EnvelopeCases.Wrap(name, Odd)));
        Assert.Equal(Odd, read.Text);
        Assert.Equal(NaiveEvent.Values(read.Raw), read.Values);
        Assert.Equal((Integrity.Whole, EventMarks.None), (read.Integrity, read.Marks));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_real_event_is_read_as_without_the_envelope(string name)
    {
        foreach (var line in RealLogs.Permissive().Where((line, i) => i % 61 == 0 && line.Length < 200_000))
        {
            var plain = Assert.Single(Readers.Read(line));
            var read = Assert.Single(Readers.Read(EnvelopeCases.Wrap(name, Encoding.UTF8.GetString(line))));
            Assert.Equal(plain.Text, read.Text);
            Assert.Equal((plain.Values, plain.Integrity, plain.Marks, plain.Category), (read.Values, read.Integrity, read.Marks, read.Category));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_the_envelope_says_is_kept_beside_the_event(string name)
    {
        var envelope = Assert.Single(Readers.Read(EnvelopeCases.Wrap(name, Odd))).Envelope;
        if (EnvelopeCases.FormOf(name) == "-")
        {
            Assert.Equal("", envelope);
            return;
        }

        using var document = JsonDocument.Parse(envelope);
        Assert.Equal(EnvelopeCases.FormOf(name), document.RootElement.GetProperty("form").GetString());
        Assert.DoesNotContain("auditID", envelope, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("subscription", "/aws/eks/prod/cluster", "kube-apiserver-audit-0123456789abcdef0123456789abcdef", "111122223333", "\"id\":\"37\"", "1741069338822")]
    [InlineData("Kinesis to Lambda", "/aws/eks/prod/cluster", "aws:kinesis", "\"partitionKey\":\"p\"", "within")]
    [InlineData("a message of an Event Hub", "MANAGEDCLUSTERS/NAME", "kube-apiserver-1", "kube-audit", "2020-05-05T16:16:37")]
    [InlineData("Fluent Bit", "kube-apiserver-cp1", "\"tier\":\"control-plane\"")]
    [InlineData("OTLP", "host.name", "1741069338822532000")]
    [InlineData("Elastic", "\"name\":\"prod\"")]
    [InlineData("aws logs tail", "kube-apiserver-audit-0123456789abcdef")]
    [InlineData("Fluent Bit behind a syslog header", "cp1 fluent-bit:", "kube-apiserver-cp1")]
    public void Names_and_ids_of_an_envelope_are_kept(string name, params string[] said) =>
        Assert.All(said, text => Assert.Contains(text, Assert.Single(Readers.Read(EnvelopeCases.Wrap(name, Odd))).Envelope, StringComparison.Ordinal));

    [Theory]
    [InlineData("subscription", "2025-03-04T06:22:18.8220000Z")]
    [InlineData("Splunk's collector", "2025-03-04T06:22:18.8000000Z")]
    [InlineData("journald", "2025-03-04T06:22:18.8225320Z")]
    [InlineData("OTLP", "2025-03-04T06:22:18.8225320Z")]
    [InlineData("aws logs tail --format short", "2025-03-04T06:22:18.0000000Z")]
    [InlineData("a line of a storage account", "2020-05-05T16:16:37.0000000Z")]
    [InlineData("a message pulled", "2024-01-01T01:00:00.0000000Z")]
    [InlineData("plain", null)]
    public void The_time_that_an_envelope_names_is_known(string name, string? expected)
    {
        Assert.Equal(expected, Assert.Single(Readers.Read(EnvelopeCases.Wrap(name, Odd))).SentAt?.ToString("O"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_cut_within_its_envelope_keeps_the_fields_before_the_cut(string name)
    {
        var wrapped = EnvelopeCases.Wrap(name, Odd);
        HashSet<string> whole = [.. Assert.Single(Readers.Read(wrapped)).Values.Split('\n')];
        for (var length = 1; length < wrapped.Length; length += 7)
        {
            foreach (var read in Readers.Read(wrapped[..length]))
                Assert.Subset(whole, read.Values.Split('\n').ToHashSet());
        }
    }

    [Theory]
    [MemberData(nameof(Unpacked))]
    public void An_event_whose_verb_had_arrived_is_salvaged_and_not_unreadable(string name)
    {
        var text = Encoding.UTF8.GetString(EnvelopeCases.Wrap(name, Odd));
        var at = text.LastIndexOf("requestObject", StringComparison.Ordinal);
        var read = Assert.Single(Readers.Read(text[..(at + 15)]));
        Assert.Contains("Verb = create\n", read.Values, StringComparison.Ordinal);
        Assert.Contains("Code = 201\n", read.Values, StringComparison.Ordinal);
        Assert.Equal(Integrity.TruncatedBySender, read.Integrity);
    }

    [Fact]
    public void Several_events_in_one_envelope_are_each_an_event_of_its_own()
    {
        var item = JsonSerializer.Serialize(Odd);
        var read = Readers.Read($$"""{"messageType":"DATA_MESSAGE","logGroup":"g","logStream":"s","logEvents":[{"id":"1","message":{{item}}},{"id":"2","message":{{item}}}]}""");
        Assert.Equal(["\"id\":\"1\"", "\"id\":\"2\""], read.Select(e => e.Envelope[(e.Envelope.IndexOf("\"id\"", StringComparison.Ordinal))..^1]));
        Assert.All(read, e => Assert.Equal(Odd, e.Text));
    }

    [Fact]
    public void Envelopes_behind_each_other_and_over_several_lines_are_each_read()
    {
        var one = JsonSerializer.Serialize(new { log = Odd, stream = "stdout" }, Indented);
        var read = Readers.Read($"\uFEFF{one}\r\n{Odd}{one}\r\n[{one},\n{Odd}]\r\n");
        Assert.Equal(5, read.Count);
        Assert.All(read, e => Assert.Equal(Odd, e.Text));
    }

    [Fact]
    public void An_array_with_an_item_a_line_is_read_line_by_line()
    {
        var read = new[] { "[", $"{Odd},", Odd, "]" }.SelectMany(line => Readers.Read(line)).ToList();
        Assert.Equal([Odd, Odd], read.Select(e => e.Text));
    }

    [Fact]
    public void The_dots_that_Elastic_took_from_annotations_come_back()
    {
        var stored = Odd.Replace("authorization.k8s.io/decision\":\"allow", "authorization_k8s_io/decision\":\"allow\",\"a_b\":\"c_d", StringComparison.Ordinal);
        var read = Assert.Single(Readers.Read(EnvelopeCases.Wrap("Elastic", stored)));
        Assert.Contains("Decision = allow\n", read.Values, StringComparison.Ordinal);
        Assert.Contains("""Annotations = {"authorization.k8s.io/decision":"allow","a_b":"c_d"}""", read.Values, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_and_values_of_OpenTelemetry_become_the_object_they_stand_for()
    {
        var read = Assert.Single(Readers.Read("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"kvlistValue":{"values":[{"key":"kind","value":{"stringValue":"Event"}},{"key":"verb","value":{"stringValue":"get\n"}},{"key":"sourceIPs","value":{"arrayValue":{"values":[{"stringValue":"10.0.0.1"}]}}},{"key":"responseStatus","value":{"kvlistValue":{"values":[{"key":"code","value":{"intValue":"200"}},{"key":"a","value":{}}]}}}]}}}]}]}]}"""));
        Assert.Equal("""{"kind":"Event","verb":"get\n","sourceIPs":["10.0.0.1"],"responseStatus":{"code":200,"a":null}}""", read.Text);
        Assert.Equal(Integrity.Whole, read.Integrity);
    }

    [Theory]
    [InlineData("""{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","subscriptionFilters":[],"logEvents":[{"id":"","timestamp":1741069338822,"message":"CWL CONTROL MESSAGE: Checking health of destination Firehose."}]}""", "CWL CONTROL MESSAGE: Checking health of destination Firehose.")]
    [InlineData("""{"log":"I0304 06:22:18.822532 1 controller.go:615] quota admission added","stream":"stderr"}""", "I0304 06:22:18.822532 1 controller.go:615] quota admission added")]
    [InlineData("""{"log":"{\"level\":\"info\",\"msg\":\"started\"}","kubernetes":{"pod_name":"web"}}""", """{"level":"info","msg":"started"}""")]
    [InlineData("""{"category":"guard","properties":{"log":"{\"a\":1}"}}""", """{"a":1}""")]
    [InlineData("""{"category":"kube-apiserver","properties":{"log":"I0304 klog"}}""", "I0304 klog")]
    public void Other_logs_on_the_same_stream_are_kept_and_are_no_damaged_events(string record, string kept)
    {
        var read = Assert.Single(Readers.Read(record));
        Assert.Equal((Integrity.Unreadable, EventMarks.OtherLog), (read.Integrity, read.Marks & EventMarks.OtherLog));
        Assert.Equal(kept, read.Text);
        Assert.Equal("", read.Values);
    }

    [Theory]
    [InlineData("""{"category":"kube-audit","properties":{"log":"not JSON"}}""")]
    [InlineData("""{"logStreamName":"x","message":"\"auditID\":\"1\",\"stage\":\"Resp","kubernetes":{}}""")]
    [InlineData("""{"unknown":"I0304 klog"}""")]
    [InlineData("garbage")]
    public void What_should_have_been_an_event_stays_unreadable(string record)
    {
        var read = Assert.Single(Readers.Read(record));
        Assert.Equal((Integrity.Unreadable, EventMarks.None), (read.Integrity, read.Marks & EventMarks.OtherLog));
    }

    [Fact]
    public void An_envelope_that_holds_nothing_is_kept_whole()
    {
        var read = Assert.Single(Readers.Read("""{"events":[],"nextForwardToken":"f/1"}"""));
        Assert.Equal((Integrity.Unreadable, EventMarks.OtherLog), (read.Integrity, read.Marks & EventMarks.OtherLog));
        Assert.StartsWith("""{"events":[],""", read.Text, StringComparison.Ordinal);
    }
}
