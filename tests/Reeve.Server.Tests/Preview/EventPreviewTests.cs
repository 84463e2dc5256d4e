using System.IO.Compression;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Reeve.Audit;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Server.Configuration;
using Reeve.Server.Preview;

namespace Reeve.Server.Tests.Preview;

public sealed class EventPreviewTests : IDisposable
{
    private readonly EventPreview _preview = new(
        new ScrubKey(new byte[32]), DeclaredPaths.None, new EventLimits(), ReeveConfiguration.ForData("/nowhere"), new FakeTimeProvider());

    public void Dispose() => _preview.Dispose();

    [Fact]
    public async Task Formatted_event_is_read_whole_and_its_secret_is_a_fingerprint()
    {
        var read = Assert.Single((await ReadAsync(Example())).Events);

        Assert.Equal(Integrity.Whole, read.Row.Integrity);
        Assert.Equal(("kubernetes-admin", "create", "secrets", "192.0.2.10", 201), (read.Row.User, read.Row.Verb, read.Row.Resource, read.Row.Ip, read.Row.Code));
        Assert.Equal("it writes an object", read.CategoryReason);
        Assert.Equal(["requestObject.data.user", "requestObject.data.password"], read.Findings.Scrubbed.Select(value => value.Path));
        Assert.All(read.Findings.Scrubbed, value => Assert.Matches("^reeve:hmac:[0-9a-f]{16}$", value.Fingerprint));
        Assert.DoesNotContain("bm90LWEtcmVhbC1wYXNzd29yZA==", Encoding.UTF8.GetString(read.Raw.Span), StringComparison.Ordinal);
        Assert.Null(read.Findings.Break);
    }

    [Fact]
    public async Task Items_of_a_list_are_events_and_an_equal_one_is_named_a_duplicate()
    {
        var list = $$"""{"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":[{{Example()}},{{Example()}},{{Example().Replace("6f1d7f3c", "00000000", StringComparison.Ordinal)}}]}""";

        var answer = await ReadAsync(list);

        Assert.Equal((3, 1, 0), (answer.Total, answer.Duplicates, answer.Unreadable));
        Assert.Equal([0, 1, 0], answer.Events.Select(read => read.DuplicateOf));
        Assert.Equal([true, false, true], answer.Events.Select(read => read.Row.Primary));
    }

    [Fact]
    public async Task Cut_event_says_where_it_breaks()
    {
        var line = """{"kind":"Event","apiVersion":"audit.k8s.io/v1","verb":"create","requestObject":{"metadata":{"labels":{"app":"sh""";

        var read = Assert.Single((await ReadAsync(line)).Events);

        Assert.Equal(Integrity.TruncatedBySender, read.Row.Integrity);
        Assert.Equal("requestObject.metadata.labels.app", read.Findings.Break?.Path);
    }

    [Theory]
    [InlineData("""{"kind":"Pod","apiVersion":"v1"}""", "JSON of the kind Pod")]
    [InlineData("""{"a":1}""", "neither a kind nor a verb")]
    [InlineData("""{"a":nothing}""", "no valid JSON from byte")]
    [InlineData("[1,2]", "JSON array")]
    [InlineData("hello", "text without an event")]
    [InlineData("\"quoted\"", "JSON string")]
    [InlineData("a, b, c, {\"kind\":\"Event\",\"verb\":\"get\"}", "begins at byte 9")]
    public async Task What_is_no_event_is_told_with_the_reason(string text, string reason)
    {
        var read = Assert.Single((await ReadAsync(text)).Events);

        Assert.Equal(Integrity.Unreadable, read.Row.Integrity);
        Assert.Contains(reason, UnreadableReason.Of(read.Raw.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<182>Nov 23 03:03:18 vm kube-audit: ")]
    [InlineData("<182>1 2026-11-23T03:03:18Z vm kube-audit - - - ")]
    [InlineData("65 <182>1 2026-11-23T03:03:18Z vm kube-audit - - - ")]
    public async Task Header_of_a_syslog_line_tells_host_and_tag(string header)
    {
        var read = Assert.Single((await ReadAsync(header + """{"kind":"Event","apiVersion":"audit.k8s.io/v1","verb":"get"}""")).Events);

        Assert.Equal((Integrity.Whole, "vm", "kube-audit"), (read.Row.Integrity, read.Row.Host, read.Tag));
    }

    [Fact]
    public async Task More_events_than_are_shown_are_counted()
    {
        var lines = string.Concat(Enumerable.Range(0, EventPreview.MaxEvents + 7).Select(i => $$"""{"kind":"Event","apiVersion":"audit.k8s.io/v1","verb":"get","auditID":"{{i}}"}""" + "\n"));

        var answer = await ReadAsync(lines);

        Assert.Equal((EventPreview.MaxEvents + 7, EventPreview.MaxEvents), (answer.Total, answer.Events.Count));
        Assert.Equal(EventPreview.MaxEvents, answer.Events[^1].Line);
    }

    [Fact]
    public async Task Any_bytes_are_read_without_a_failure_and_nothing_is_dropped()
    {
        var tokens = new[] { "{", "}", "[", "]", "\"", "\\u12", "\n", ",", ":", "\"kind\":\"Event\"", "\"verb\":\"get\"", "{\"kind\":\"EventList\",\"items\":[", "\"requestObject\":{\"kind\":\"Secret\",\"data\":{\"a\":\"", "…reeve:cut:5:", "reeve:hmac:", "<14>", "\u0000", "\ud83d\ude00" };
        await Gen.OneOf(Gen.Byte.Array[0, 200], Gen.Int[0, tokens.Length - 1].Select(i => tokens[i]).Array[0, 40].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)))).SampleAsync(async bytes =>
        {
            var answer = await _preview.ReadAsync(bytes, isPart: false, CancellationToken.None);
            Assert.All(answer.Events, read =>
            {
                Assert.NotNull(read.Whole().Raw);
                Assert.NotNull(read.Findings);
                Assert.NotEmpty(UnreadableReason.Of(read.Raw.Span));
            });
            Assert.Equal(!bytes.AsSpan().Trim(" \t\r\n[],"u8).IsEmpty && !bytes.AsSpan().SequenceEqual("\ufeff"u8), answer.Total > 0);
        });
    }

    [Fact]
    public async Task Packed_content_is_unpacked_up_to_the_limit()
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var i = 0; i < 20; i++)
                zip.Write(Encoding.UTF8.GetBytes(new string(' ', 1 << 20)));
        }

        packed.Position = 0;
        var (bytes, isPart) = await PreviewContent.ReadAsync(packed, progress: null, TestContext.Current.CancellationToken);

        Assert.Equal((EventPreview.MaxBytes, true), (bytes.Length, isPart));
    }

    [Fact]
    public async Task Damaged_packed_content_is_told()
    {
        using var packed = new MemoryStream([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9]);

        await Assert.ThrowsAsync<InvalidDataException>(() => PreviewContent.ReadAsync(packed, progress: null, TestContext.Current.CancellationToken));
    }

    private static string Example() => File.ReadAllText(Path.Combine(Repository.Root, "content", "setup", "example-event.json"));

    private Task<PreviewAnswer> ReadAsync(string text) =>
        _preview.ReadAsync(Encoding.UTF8.GetBytes(text), isPart: false, TestContext.Current.CancellationToken);
}
