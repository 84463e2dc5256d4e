using Reeve.Audit.Entries;
using Reeve.Server.Pipeline;

namespace Reeve.Server.Tests.Pipeline;

public sealed class SourceIntakeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_of_an_intake_that_ended_before_it_submitted_is_stored_when_it_comes_again()
    {
        await using var harness = new IntakeHarness();
        using (var dying = harness.Open("one"))
            IntakeHarness.Add(dying, "a");
        using var next = harness.Open("one");

        IntakeHarness.Add(next, "a");
        await next.SubmitAsync(Ct);
        await next.WhenSafeAsync(Ct);

        using var reader = harness.Journal.Read(0);
        Assert.True(reader.TryRead(out var entry));
        Assert.True(EventEntry.TryRead(entry.Payload, out var context, out _));
        Assert.True(context.Primary);
        Assert.False(reader.TryRead(out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Duplicate_of_an_event_that_was_lost_is_not_acknowledged(bool submittedBefore)
    {
        await using var harness = new IntakeHarness();
        using var other = harness.Open("two");
        using (var dying = harness.Open("one"))
        {
            IntakeHarness.Add(dying, "a");
            IntakeHarness.Add(other, "a");
            if (submittedBefore)
                await other.SubmitAsync(Ct);
        }

        if (!submittedBefore)
            await other.SubmitAsync(Ct);

        await Assert.ThrowsAsync<OriginalLostException>(async () => await other.WhenSafeAsync(Ct));
    }

    [Fact]
    public async Task Intake_that_ended_does_not_hold_up_those_that_come_after_it()
    {
        await using var harness = new IntakeHarness();
        using (var dying = harness.Open("one"))
            IntakeHarness.Add(dying, "a");
        using var other = harness.Open("two");
        IntakeHarness.Add(other, "b");
        IntakeHarness.Add(other, "b");

        await other.SubmitAsync(Ct);
        var end = await other.WhenSafeAsync(Ct);

        Assert.Equal(harness.Journal.DurableEnd, end);
    }

    [Fact]
    public async Task Position_of_what_was_numbered_is_known_when_its_source_starts_again()
    {
        await using var harness = new IntakeHarness();
        using var intake = harness.Open("one");
        IntakeHarness.Add(intake, "a", stream: 3, end: 100);
        Assert.Empty(harness.Positions.Of("one"));

        await intake.SubmitAsync(Ct);

        Assert.Equal((100, 1), harness.Positions.Of("one")[3]);
        Assert.Empty(harness.Positions.Of("two"));
    }
}
