using System.Text;
using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Audit.Reading;

namespace Reeve.Server.Tests.Pipeline;

/// <summary>What came in an envelope, or cut, from the source to the journal.</summary>
public sealed class WrappedIntakeTests
{
    private const string Subscription =
        """{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"/aws/eks/prod/cluster","logStream":"kube-apiserver-audit-0","logEvents":[{"id":"1","timestamp":1764127098822,"message":"MESSAGE"}]}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_envelope_said_is_journalled_beside_the_event()
    {
        var (context, raw) = await JournalAsync(Message("""{\"kind\":\"Event\",\"verb\":\"get\",\"stageTimestamp\":\"2026-11-23T03:36:57.621701Z\"}"""));
        Assert.Equal("""{"kind":"Event","verb":"get","stageTimestamp":"2026-11-23T03:36:57.621701Z"}""", raw);
        Assert.Contains("\"logGroup\":\"/aws/eks/prod/cluster\"", context.Envelope, StringComparison.Ordinal);
        Assert.Equal((Integrity.Whole, "", EventMarks.None), (context.Integrity, context.Cause, context.Marks & EventMarks.TimeApproximate));
    }

    [Fact]
    public async Task An_event_that_names_no_time_has_that_of_its_envelope_and_says_so()
    {
        var (context, _) = await JournalAsync(Message("""{\"kind\":\"Event\",\"verb\":\"get\",\"sourceIPs\":[Truncated...]"""));
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1764127098822), context.Time);
        Assert.Equal((EventMarks.TimeApproximate, "eks-control-plane"), (context.Marks & EventMarks.TimeApproximate, context.Cause));
    }

    [Fact]
    public async Task A_header_names_the_time_where_the_event_is_cut_before_its_own()
    {
        var sent = new DateTime(2026, 11, 23, 3, 0, 0, DateTimeKind.Utc).AddTicks(7);
        var (context, _) = await JournalAsync("""{"kind":"Event","verb":"get","user":{"us""", new RecordDelivery(8_096, sent));
        Assert.Equal(sent.Ticks / 10, context.Time.Ticks / 10);
        Assert.Equal(0, context.Time.Ticks % 10);
        Assert.Equal((EventMarks.TimeApproximate, "rsyslog-max-message-size"), (context.Marks & EventMarks.TimeApproximate, context.Cause));
    }

    [Theory]
    [InlineData(1_700)]
    [InlineData(9_000)]
    public async Task An_impossible_time_around_the_event_is_not_its_time(int year)
    {
        var (context, _) = await JournalAsync("""{"kind":"Event","verb":"get"}""", new RecordDelivery(0, new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        Assert.Equal((context.Received, EventMarks.TimeApproximate), (context.Time, context.Marks));
    }

    [Fact]
    public async Task A_source_shows_what_cuts_its_events_and_how_to_mend_it()
    {
        await using var harness = new IntakeHarness();
        using var intake = harness.Open("eks");
        intake.Add(Encoding.UTF8.GetBytes(Message("""{\"kind\":\"Event\",\"verb\":\"get\",\"sourceIPs\":[Truncated...]""")), default, default);
        intake.Add(Encoding.UTF8.GetBytes(Message("I0304 klog")), default, default);
        intake.Add(Encoding.UTF8.GetBytes("{\"log\":\"I0304 klog\",\"stream\":\"stdout\"}"), default, default);
        await intake.SubmitAsync(Ct);

        var sender = Assert.Single(harness.Senders.Snapshot());
        var trouble = Assert.Single(sender.Troubles);
        Assert.Equal("eks-control-plane", trouble.Code);
        Assert.Contains("EKS", trouble.Advice, StringComparison.Ordinal);
        // The audit stream held one record that should have been an event; a container's log is none.
        Assert.Equal((3L, 1L, 1L), (sender.Events, sender.Cut, sender.Unreadable));
    }

    [Fact]
    public async Task The_same_event_in_another_envelope_is_a_duplicate()
    {
        await using var harness = new IntakeHarness();
        using var intake = harness.Open("one");
        foreach (var record in (string[])["""{"kind":"Event","auditID":"a","verb":"get"}""", Message("""{\"kind\":\"Event\",\"auditID\":\"a\",\"verb\":\"get\"}"""), """{"log":"{\"kind\":\"Event\",\"auditID\":\"a\",\"verb\":\"get\"}\n"}"""])
            intake.Add(Encoding.UTF8.GetBytes(record), default, default);
        await intake.SubmitAsync(Ct);
        Assert.Equal(2, Assert.Single(harness.Senders.Snapshot()).Duplicates);
    }

    private static string Message(string text) => Subscription.Replace("MESSAGE\"}", text + "\"}", StringComparison.Ordinal);

    private static async Task<(EventContext Context, string Raw)> JournalAsync(string record, RecordDelivery delivery = default)
    {
        await using var harness = new IntakeHarness();
        using var intake = harness.Open("one");
        intake.Add(Encoding.UTF8.GetBytes(record), default, new RecordOrigin(0, 0, 0), delivery: delivery);
        await intake.SubmitAsync(Ct);
        await intake.WhenSafeAsync(Ct);
        using var reader = harness.Journal.Read(0);
        Assert.True(reader.TryRead(out var entry));
        Assert.True(EventEntry.TryRead(entry.Payload, out var context, out var raw));
        return (context, Encoding.UTF8.GetString(raw.Span));
    }
}
