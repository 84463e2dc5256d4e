using Reeve.Detection.Correlation;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Tests.Correlation;

public sealed class CorrelationEngineTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Two_stages_of_a_request_are_one_event()
    {
        var run = new CorrelationRun(Rules("event_count", "{ gte: 2 }"));

        Assert.Empty(run.Observe(Start, """{"k":"a","g":"x"}""", request: 7));
        Assert.Empty(run.Observe(Start.AddSeconds(1), """{"k":"a","g":"x"}""", request: 7));
        Assert.Single(run.Observe(Start.AddSeconds(2), """{"k":"a","g":"x"}""", request: 8));
    }

    [Fact]
    public void An_event_without_the_group_field_is_in_no_group_and_one_of_many_values_is_in_each()
    {
        var run = new CorrelationRun(Rules("event_count", "{ gte: 2 }"));

        Assert.Empty(run.Observe(Start, """{"k":"a"}"""));
        Assert.Empty(run.Observe(Start, """{"k":"a","g":null}"""));
        Assert.Empty(run.Observe(Start, """{"k":"a","g":["x","y"]}"""));
        Assert.Equal("y", Assert.Single(Assert.Single(run.Observe(Start, """{"k":"a","g":"y"}""")).Group).Value);
    }

    [Fact]
    public void Bounds_from_above_alone_are_judged_when_the_window_has_ended()
    {
        var run = new CorrelationRun(Rules("event_count", "{ lt: 3 }"));
        Assert.Empty(run.Observe(Start, """{"k":"a","g":"x"}"""));
        for (var count = 0; count < 3; count++)
            Assert.Empty(run.Observe(Start.AddSeconds(count), """{"k":"a","g":"y"}"""));

        Assert.Empty(run.Engine.Settle(Start.AddSeconds(19)));
        var firing = Assert.Single(run.Engine.Settle(Start.AddSeconds(30)));
        Assert.Equal(("x", 1.0), (firing.Group[0].Value, firing.Amount));
        Assert.Empty(run.Engine.Finish());
        Assert.Equal(0, run.Engine.Groups);
    }

    [Fact]
    public void The_group_not_touched_for_the_longest_goes_when_there_are_too_many()
    {
        var run = new CorrelationRun(Rules("event_count", "{ gte: 2 }"), new CorrelationLimits { Groups = 2 });
        foreach (var group in new[] { "x", "y", "x2", "z" })
            run.Observe(Start, $$"""{"k":"a","g":"{{group}}"}""");

        Assert.Equal((2, 2L), (run.Engine.Groups, run.Engine.Evicted));
        Assert.Empty(run.Observe(Start, """{"k":"a","g":"x"}"""));
        Assert.Single(run.Observe(Start, """{"k":"a","g":"z"}"""));
    }

    [Fact]
    public void Groups_that_can_no_longer_fire_are_let_go()
    {
        var run = new CorrelationRun(Rules("event_count", "{ gte: 2 }"));
        run.Observe(Start, """{"k":"a","g":"x"}""");
        run.Engine.Settle(Start.AddMinutes(5));
        Assert.Equal(1, run.Engine.Groups);
        run.Engine.Settle(Start.AddMinutes(6));
        Assert.Equal(0, run.Engine.Groups);
    }

    [Fact]
    public void A_stage_without_the_group_field_leaves_the_request_to_a_later_one()
    {
        var run = new CorrelationRun(Rules("event_count", "{ gte: 1 }"));

        Assert.Empty(run.Observe(Start, """{"k":"a"}""", request: 7));
        Assert.Single(run.Observe(Start, """{"k":"a","g":"x"}""", request: 7));
        Assert.Empty(run.Observe(Start, """{"k":"a","g":"x"}""", request: 7));
    }

    [Fact]
    public void Clusters_are_counted_apart()
    {
        var run = new CorrelationRun(Rules("event_count", "{ gte: 2 }"));

        Assert.Empty(run.Observe(Start, """{"k":"a","g":"x"}""", cluster: "one"));
        Assert.Empty(run.Observe(Start, """{"k":"a","g":"x"}""", cluster: "two"));
        Assert.Equal("two", Assert.Single(run.Observe(Start, """{"k":"a","g":"x"}""", cluster: "two")).Cluster);
    }

    [Fact]
    public void Long_values_that_begin_alike_are_different_groups()
    {
        var run = new CorrelationRun(Rules("event_count", "{ gte: 2 }"));
        var value = new string('x', 5000);

        Assert.Empty(run.Observe(Start, $$"""{"k":"a","g":"{{value}}1"}"""));
        Assert.Empty(run.Observe(Start, $$"""{"k":"a","g":"{{value}}2"}"""));
        var firing = Assert.Single(run.Observe(Start, $$"""{"k":"a","g":"{{value}}2"}"""));
        Assert.True(firing.Group[0].Value.Length < 1100);
    }

    [Fact]
    public void An_event_behind_the_lateness_is_not_counted()
    {
        var run = new CorrelationRun(Rules("event_count", "{ gte: 2 }"), new CorrelationLimits { Lateness = TimeSpan.FromSeconds(10) });
        run.Observe(Start.AddSeconds(31), """{"k":"a","g":"x"}""");

        Assert.Empty(run.Observe(Start, """{"k":"a","g":"x"}"""));
        Assert.Empty(run.Observe(Start.AddSeconds(1), """{"k":"a","g":"x"}"""));
        Assert.Empty(run.Observe(Start.AddSeconds(2), """{"k":"a","g":"x"}"""));
        Assert.Single(run.Observe(Start.AddSeconds(3), """{"k":"a","g":"x"}"""));
    }

    [Fact]
    public void What_fired_counts_in_the_windows_above_it()
    {
        var rules = ThreeRules.Under("{ type: event_count, rules: [a], group-by: g, timespan: 20s, condition: { gte: 2 } }", "name: many", "---\ntitle: top\ncorrelation: { type: temporal_ordered, rules: [many, b], group-by: g, timespan: 60s }");
        var run = new CorrelationRun(rules);
        run.Observe(Start, """{"k":"a","g":"x"}""");
        Assert.Equal("over", Assert.Single(run.Observe(Start.AddSeconds(1), """{"k":"a","g":"x"}""")).Rule.Title);
        run.Restart();

        Assert.Empty(run.Observe(Start.AddSeconds(2), """{"k":"b","g":"y"}"""));
        var top = Assert.Single(run.Observe(Start.AddSeconds(50), """{"k":"b","g":"x"}"""));
        Assert.Equal(("top", "x"), (top.Rule.Title, top.Group[0].Value));
        Assert.Equal([1UL, 2UL, 4UL], top.Events.Select(reference => reference.Sequence));
    }

    [Fact]
    public void A_full_group_keeps_what_is_near_the_event_that_came()
    {
        var run = new CorrelationRun(Rules("event_count", "{ gte: 3 }"), new CorrelationLimits { EventsPerGroup = 5, Lateness = TimeSpan.FromDays(1) });
        for (var count = 0; count < 10; count++)
            run.Observe(Start.AddHours(2), """{"k":"b","g":"x"}""");

        Assert.Empty(run.Observe(Start, """{"k":"a","g":"x"}"""));
        Assert.Empty(run.Observe(Start.AddSeconds(1), """{"k":"a","g":"x"}"""));
        Assert.Single(run.Observe(Start.AddSeconds(2), """{"k":"a","g":"x"}"""));
        Assert.Equal(5, run.Engine.Events);
    }

    [Fact]
    public void All_groups_together_keep_no_more_events_than_the_limit()
    {
        var run = new CorrelationRun(Rules("event_count", "{ gte: 100 }"), new CorrelationLimits { Events = 10 });
        for (var count = 0; count < 100; count++)
            run.Observe(Start, $$"""{"k":"a","g":"{{count / 3}}"}""");

        Assert.True(run.Engine.Events is <= 10 and >= 8, $"{run.Engine.Events} events");
        Assert.True(run.Engine.Evicted > 25, $"{run.Engine.Evicted} evicted");
    }

    private static RuleSet Rules(string type, string condition) => ThreeRules.Under($"{{ type: {type}, rules: [a, b, c], group-by: g, timespan: 20s, condition: {condition} }}");
}
