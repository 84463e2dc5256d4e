using Reeve.Audit;
using Reeve.Store.Query;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Query;

public sealed class RequestTimingTests
{
    private const string AtNoon = """{"requestReceivedTimestamp":"2026-11-23T12:00:00.000000Z"}""";

    // Stages with milliseconds after noon, when the request was received.
    [Theory]
    [InlineData("RequestReceived 0, ResponseComplete 3.5", 3.5, null, false)]
    [InlineData("ResponseComplete 3.5", 3.5, null, false)]
    [InlineData("RequestReceived 0, ResponseStarted 20, ResponseComplete 12520", 20.0, 12_500.0, false)]
    [InlineData("ResponseStarted 20, ResponseComplete 12520", 20.0, 12_500.0, false)]
    [InlineData("RequestReceived 0, ResponseStarted 20, Panic 30", 20.0, 10.0, false)]
    [InlineData("RequestReceived 0, Panic 30", 30.0, null, false)]
    [InlineData("RequestReceived 0, ResponseStarted 20", 20.0, null, true)]
    [InlineData("RequestReceived 0", null, null, false)]
    [InlineData("ResponseComplete -5", null, null, false)]
    [InlineData("ResponseStarted 401 2", 2.0, null, false)]
    [InlineData("", null, null, false)]
    public void Timing_is_read_from_the_stages_that_are_stored(string text, double? answered, double? session, bool open)
    {
        var stages = text.Split(", ").Select(Stage).ToList();

        var timing = RequestTiming.Of(stages, stages[0] with { Raw = AtNoon });

        Assert.Equal(
            (Samples.Noon, answered, session, open),
            (timing.Received, timing.Answered?.TotalMilliseconds, timing.Session?.TotalMilliseconds, timing.IsOpen));
    }

    [Theory]
    [InlineData("{\"cut")]
    [InlineData("""{"requestReceivedTimestamp":"yesterday"}""")]
    [InlineData("""{"requestReceivedTimestamp":"0001-01-01T00:00:00Z"}""")]
    [InlineData(null)]
    public void Without_a_time_of_receipt_the_stage_of_receipt_has_it(string? raw)
    {
        List<StoredEvent> stages = [Stage("RequestReceived 0"), Stage("ResponseComplete 4")];

        var timing = RequestTiming.Of(stages, stages[1] with { Raw = raw });

        Assert.Equal((Samples.Noon, 4.0), (timing.Received, timing.Answered?.TotalMilliseconds));
    }

    private static StoredEvent Stage(string text)
    {
        var parts = text.Split(' ');
        return new()
        {
            Id = new EventId("s", 1), Time = Samples.Noon.AddMilliseconds(parts.Length > 1 ? double.Parse(parts[^1]) : 0), Received = Samples.Noon,
            Cluster = "", Source = "", Host = "", AuditLevel = "", Stage = parts[0], AuditId = "", Verb = "", User = "", UserUid = "", Groups = [],
            Actor = "", ImpersonatedUser = "", ImpersonatedGroups = [], Ip = "", Claimed = [], Agent = "", Uri = "", Resource = "", Subresource = "",
            Namespace = "", Name = "", ObjectUid = "", ApiGroup = "", ApiVersion = "", Code = parts.Length > 2 ? int.Parse(parts[1]) : 0, Reason = "",
            Message = "", Decision = "", DecisionReason = "", Category = Category.None, Integrity = Integrity.Whole, Marks = EventMarks.None,
            Primary = true, Line = 0,
        };
    }
}
