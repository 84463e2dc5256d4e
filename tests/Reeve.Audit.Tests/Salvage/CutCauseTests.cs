using System.Text;
using System.Text.Json;
using Reeve.Audit.Reading;
using Reeve.Audit.Salvage;

namespace Reeve.Audit.Tests.Salvage;

/// <summary>The likely cause of a cut, by what it leaves behind.</summary>
public sealed class CutCauseTests
{
    [Theory]
    [InlineData(8_096, "rsyslog-max-message-size")]
    [InlineData(8_192, "syslog-message-size")]
    [InlineData(16_384, "syslog-message-size")]
    [InlineData(65_536, "syslog-message-size")]
    [InlineData(8_097, null)]
    public void A_frame_of_a_round_size_names_the_setting_of_the_syslog_daemon(int frame, string? code)
    {
        // The message is the frame without its header.
        var read = Read(Cut(frame - 36), new RecordDelivery(frame, null));
        Assert.Equal((Integrity.TruncatedBySender, code), (read.Integrity, read.Cause?.Code));
    }

    [Theory]
    [InlineData(16_384, "container-runtime-line")]
    [InlineData(16_382, "container-runtime-line")]
    [InlineData(32_766, "keyword-length")]
    [InlineData(10_000, "splunk-truncate")]
    [InlineData(262_144, "loki-line-size")]
    [InlineData(16_385, null)]
    [InlineData(16_380, null)]
    [InlineData(12_345, null)]
    public void A_line_cut_at_a_known_size_names_what_cuts_there(int length, string? code)
    {
        Assert.Equal(code, Read(Cut(length)).Cause?.Code);
        Assert.Equal(code, Read(Wrap("log", Cut(length))).Cause?.Code);
    }

    [Theory]
    [InlineData(16_384, "aks-diagnostics")]
    [InlineData(32_766, "azure-diagnostics-column")]
    public void What_Azure_cuts_is_told_from_what_others_cut_at_the_same_size(int length, string code)
    {
        var text = JsonSerializer.Serialize(Encoding.UTF8.GetString(Cut(length)));
        Assert.Equal(code, Read(Encoding.UTF8.GetBytes($$$"""{"category":"kube-audit","properties":{"log":{{{text}}}}}""")).Cause?.Code);
        Assert.Equal(code, Read(Encoding.UTF8.GetBytes($$$"""{"Category":"kube-audit","log_s":{{{text}}}}""")).Cause?.Code);
    }

    [Theory]
    [InlineData("""{"kind":"Event","verb":"get","user":{"username":"bob"},"sourceIPs":[Truncated...]""", "eks-control-plane")]
    [InlineData("""{"kind":"Event","verb":"get","annotations":{"audit.k8s.io/truncated":"true"}}""", "apiserver-truncation")]
    [InlineData("""{"kind":"Event","verb":"get","user":{"userna""", null)]
    [InlineData("""{"kind":"Event","verb":"get"}""", null)]
    public void Marks_and_endings_name_who_left_them(string record, string? code) =>
        Assert.Equal(code, Read(Encoding.UTF8.GetBytes(record)).Cause?.Code);

    [Fact]
    public void A_piece_without_its_beginning_was_split_by_a_relay()
    {
        var sink = new CollectingSink();
        Readers.New().ReadRest("rest of an event"u8.ToArray(), default, new RecordDelivery(8_096, null), sink);
        Assert.Equal("split-by-relay", Assert.Single(sink.Events).Cause?.Code);
    }

    [Fact]
    public void A_line_that_its_writer_finished_late_was_cut_by_nobody()
    {
        var sink = new CollectingSink();
        Readers.New().ReadRest("rest of an event"u8.ToArray(), default, sink);
        Assert.Null(Assert.Single(sink.Events).Cause);
    }

    [Fact]
    public void An_event_beyond_the_limit_names_the_limit()
    {
        var sink = new CollectingSink();
        Readers.New(new EventLimits { Event = 4_000, Kept = 1_000 }).Read(Cut(5_000), sink);
        Assert.Equal("limits-event", Assert.Single(sink.Events).Cause?.Code);
    }

    [Fact]
    public void Every_cause_is_found_again_by_its_code_and_says_what_to_do()
    {
        string[] codes =
        [
            "apiserver-truncation", "limits-event", "split-by-relay", "eks-control-plane", "rsyslog-max-message-size", "syslog-message-size",
            "aks-diagnostics", "azure-diagnostics-column", "keyword-length", "container-runtime-line", "splunk-truncate", "splunk-connect", "loki-line-size",
        ];
        Assert.All(codes, code => Assert.EndsWith(".", CutCauses.Find(code)?.Mend, StringComparison.Ordinal));
        Assert.Null(CutCauses.Find("nothing"));
    }

    private static EventCopy Read(byte[] record, RecordDelivery delivery = default)
    {
        var sink = new CollectingSink();
        Readers.New().Read(record, default, delivery, sink);
        return Assert.Single(sink.Events);
    }

    private static byte[] Cut(int length)
    {
        var begin = """{"kind":"Event","apiVersion":"audit.k8s.io/v1","verb":"create","requestObject":{"a b":"x y """;
        return Encoding.UTF8.GetBytes(begin.PadRight(length, '.'));
    }

    private static byte[] Wrap(string key, byte[] content) =>
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { [key] = Encoding.UTF8.GetString(content), ["stream"] = "stdout" });
}
