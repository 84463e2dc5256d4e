using Reeve.Detection.Conditions;
using Reeve.Detection.Correlation;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Detection.Tests.Correlation;

public sealed class CorrelationEngineTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly (string Type, string Condition)[] Kinds =
    [
        ("event_count", "{ gte: 3 }"), ("event_count", "{ gt: 1, lte: 4 }"), ("event_count", "{ eq: 2 }"),
        ("value_count", "{ field: v, gte: 3 }"), ("value_sum", "{ field: v, gt: 6 }"), ("value_avg", "{ field: v, gte: 2 }"),
        ("value_percentile", "{ field: v, percentile: 75, gte: 3 }"), ("temporal", "{ gte: 2 }"), ("temporal_ordered", "{ gte: 3 }"), ("temporal", "a and (b or not c)"),
    ];

    [Fact]
    public void Events_in_order_fire_as_a_count_over_the_whole_list_says()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var (type, condition) = Kinds[seed % Kinds.Length];
            var rules = Rules(type, condition);
            var run = new CorrelationRun(rules);
            var seen = new List<(DateTime Time, int Rule, string Group, int Value)>();
            var time = Start;
            for (var count = 0; count < 60; count++)
            {
                time += TimeSpan.FromSeconds(random.Next(8));
                var (rule, group, value) = (random.Next(3), random.Next(2) == 0 ? "x" : "y", random.Next(4));
                seen.Add((time, rule, group, value));
                var fired = run.Observe(time, $$"""{"k":"{{"abc"[rule]}}","g":"{{group}}","v":{{value}}}""");
                var window = seen.Where(one => one.Group == group && one.Time > time - TimeSpan.FromSeconds(20)).ToList();
                Assert.True(Naive(rules.Correlations[0], window) == (fired.Count == 1), $"seed {seed} {type} {condition}: event {count}");
                if (fired.Count == 1)
                    Assert.Equal(window.Count, fired[0].Events.Count);
            }
        }
    }

    [Fact]
    public void Whatever_their_order_events_fire_if_some_window_of_them_is_it()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var run = new CorrelationRun(Rules("event_count", "{ gte: 4 }"));
            var times = Enumerable.Range(0, 12).Select(_ => Start.AddSeconds(random.Next(100))).ToList();
            var fired = times.Sum(time => run.Observe(time, """{"k":"a","g":"x"}""").Count);
            var expected = times.Any(last => times.Count(time => time <= last && time > last.AddSeconds(-20)) >= 4);
            Assert.True(expected == fired > 0, $"seed {seed}: {string.Join(' ', times.Select(time => (time - Start).TotalSeconds))}");
        }
    }

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

    private static RuleSet Rules(string type, string condition)
    {
        var rules = string.Join("---\n", "abc".Select(name => $"title: {name}\nname: {name}\ndetection: {{ s: {{ k: {name} }}, condition: s }}\n"));
        var reading = SigmaReader.Read([new RuleFile("r.yml", $"{rules}---\ntitle: over\ncorrelation: {{ type: {type}, rules: [a, b, c], group-by: g, timespan: 20s, condition: {condition} }}\n")], new SigmaOptions());
        Assert.False(reading.HasErrors, string.Join("; ", reading.Problems));
        return reading.Rules;
    }

    private static bool Naive(CorrelationRule rule, List<(DateTime Time, int Rule, string Group, int Value)> window)
    {
        bool Holds(double amount) => rule.Bounds.All(bound => bound.Comparison switch
        {
            Comparison.Greater => amount > bound.Value,
            Comparison.GreaterOrEqual => amount >= bound.Value,
            Comparison.LessOrEqual => amount <= bound.Value,
            Comparison.Equal => amount.Equals(bound.Value),
            _ => throw new InvalidOperationException($"{bound.Comparison} is not tried"),
        });
        var kinds = window.Select(one => one.Rule).Distinct().Count();
        return rule.Type switch
        {
            CorrelationType.EventCount => Holds(window.Count),
            CorrelationType.ValueCount => Holds(window.Select(one => one.Value).Distinct().Count()),
            CorrelationType.ValueSum => Holds(window.Sum(one => one.Value)),
            CorrelationType.ValueAverage => Holds(window.Average(one => (double)one.Value)),
            CorrelationType.ValuePercentile => Holds(window.Select(one => one.Value).Order().ElementAt((int)Math.Ceiling(0.75 * window.Count) - 1)),
            CorrelationType.Temporal when rule.Expression is not null => window.Any(one => one.Rule == 0) && (window.Any(one => one.Rule == 1) || window.All(one => one.Rule != 2)),
            CorrelationType.Temporal => Holds(kinds),
            _ => HasInOrder(window.Select(one => one.Rule)),
        };
    }

    private static bool HasInOrder(IEnumerable<int> rules) =>
        string.Concat(rules).Split('0', 2) is [_, var afterFirst] && afterFirst.Split('1', 2) is [_, var afterSecond] && afterSecond.Contains('2', StringComparison.Ordinal);
}
