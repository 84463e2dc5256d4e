using Reeve.Detection.Correlation;
using Reeve.Detection.State;

namespace Reeve.Detection.Tests.Correlation;

public sealed class DetectionStateTests
{
    private const string Counts = "{ type: value_count, rules: [a, b], group-by: g, timespan: 20s, condition: { field: v, gte: 3 } }";

    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void What_is_cut_off_anywhere_is_refused()
    {
        var run = Filled();
        var saved = run.Save();

        for (var length = 0; length < saved.Length; length++)
            Assert.Throws<StateFormatException>(() => run.Load(saved[..length], ThreeRules.Under(Counts)));
        Assert.Throws<StateFormatException>(() => run.Load([.. saved, 0], ThreeRules.Under(Counts)));
        Assert.Equal(run.Engine.Groups, run.Load(saved, ThreeRules.Under(Counts)).Groups);
    }

    [Fact]
    public void What_is_damaged_is_refused_and_nothing_else_happens()
    {
        var run = Filled();
        var saved = run.Save();
        var mutator = new Mutator(7, [saved]);
        for (var count = 0; count < 20_000; count++)
        {
            var damaged = mutator.Next(saved.Length + 200);
            if (!damaged.AsSpan().SequenceEqual(saved))
                Assert.Throws<StateFormatException>(() => run.Load(damaged, ThreeRules.Under(Counts)));
        }
    }

    [Fact]
    public void Another_version_is_named()
    {
        var run = Filled();
        var saved = run.Save();
        saved[4] = 9;

        var failure = Assert.Throws<StateFormatException>(() => run.Load(saved, ThreeRules.Under(Counts)));
        Assert.Equal("the saved state of detection has version 9, this program reads 1", failure.Message);
    }

    [Fact]
    public void What_is_saved_and_loaded_is_saved_the_same()
    {
        var run = Filled();
        var saved = run.Save();
        run.Restart();

        Assert.Equal(saved, run.Save());
    }

    [Fact]
    public void Other_rules_keep_the_windows_of_those_that_ask_for_the_same()
    {
        var changed = "\n---\ntitle: other\nid: other\ncorrelation: { type: event_count, rules: [a], group-by: g, timespan: 20s, condition: { gte: COUNT } }";
        var run = new CorrelationRun(ThreeRules.Under(Counts, "id: kept", changed.Replace("COUNT", "3", StringComparison.Ordinal)));
        run.Observe(Start, """{"k":"a","g":"x","v":1}""");
        run.Observe(Start, """{"k":"a","g":"x","v":2}""");

        // A title and what nobody refers to are nothing that is counted.
        run.Restart(ThreeRules.Under(Counts, "id: kept\ndescription: new", changed.Replace("COUNT", "2", StringComparison.Ordinal)));

        Assert.Equal("over", Assert.Single(run.Observe(Start, """{"k":"a","g":"x","v":3}""")).Rule.Title);
        Assert.Equal("other", Assert.Single(run.Observe(Start, """{"k":"a","g":"x","v":3}"""), firing => firing.Rule.Title == "other").Rule.Title);
    }

    private static CorrelationRun Filled()
    {
        var run = new CorrelationRun(ThreeRules.Under(Counts));
        for (var count = 0; count < 12; count++)
            run.Observe(Start.AddSeconds(count), $$"""{"k":"{{"ab"[count % 2]}}","g":"g{{count % 3}}","v":{{count}}}""", (UInt128)(count / 2));
        run.Engine.Advance("s", Start.AddSeconds(5));
        return run;
    }
}
