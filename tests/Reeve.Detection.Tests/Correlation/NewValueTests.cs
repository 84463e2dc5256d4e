using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Detection.Tests.Correlation;

public sealed class NewValueTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_value_is_new_once_the_group_is_known_long_enough()
    {
        var run = new CorrelationRun(Rules());

        Assert.Empty(Observe(run, 0, "a", "x"));
        Assert.Empty(Observe(run, 6, "a", "y"));
        var fired = Assert.Single(Observe(run, 7, "a", "z"));
        Assert.Equal([new("g", "a"), new("v", "z")], fired.Group);
        Assert.Empty(Observe(run, 7.5, "a", "z"));
        Assert.Empty(Observe(run, 8, "a", "x"));
        Assert.Empty(Observe(run, 8, "b", "z"));
    }

    [Fact]
    public void A_value_that_comes_again_within_the_time_span_stays_known()
    {
        var run = new CorrelationRun(Rules());
        for (var day = 0; day < 100; day++)
            Assert.Empty(Observe(run, day, "a", "x"));

        Assert.Single(Observe(run, 150, "a", "x"));
    }

    [Fact]
    public void Of_too_many_values_the_one_not_seen_for_the_longest_is_forgotten()
    {
        var run = new CorrelationRun(Rules());
        for (var value = 0; value < 600; value++)
            Observe(run, value / 1000d, "a", $"{value}");

        Assert.Equal(501, run.Engine.Windows[0].Groups.Single().Count);
        Assert.Empty(Observe(run, 20, "a", "599"));
        Assert.Single(Observe(run, 20, "a", "0"));
    }

    [Fact]
    public void Whatever_comes_and_whenever_it_restarts_it_fires_as_a_plain_count_of_days_does()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            var run = new CorrelationRun(Rules());
            var seen = new Dictionary<(string, string), int>();
            var first = new Dictionary<string, int>(StringComparer.Ordinal);
            var hours = 0;
            for (var count = 0; count < 200; count++)
            {
                // Away from the edges that are kept less exactly.
                hours += random.Next(4) == 0 ? random.Next(1, 20) * 24 : 1;
                var day = hours / 24d;
                var (group, value) = ($"{random.Next(3)}", $"{random.Next(6)}");
                var isLearnt = first.TryGetValue(group, out var since) && hours - since >= 7 * 24;
                var gap = seen.TryGetValue((group, value), out var last) ? hours - last : int.MaxValue;
                first.TryAdd(group, hours);
                seen[(group, value)] = hours;
                var fired = Observe(run, day, group, value).Count > 0;

                if (gap is < 28 * 24 or > 32 * 24)
                    Assert.True(fired == (isLearnt && gap >= 30 * 24), $"seed {seed}, day {day}: {group} {value}");
                if (random.Next(20) == 0)
                    run.Restart();
            }
        }
    }

    [Theory]
    [InlineData("{ type: new_value, rules: [a], group-by: g, timespan: 30d, condition: { field: v } }", "learning")]
    [InlineData("{ type: new_value, rules: [a], group-by: g, timespan: 30d, learning: soon, condition: { field: v } }", "learning")]
    [InlineData("{ type: new_value, rules: [a], group-by: g, timespan: 30d, learning: 7d, condition: { gte: 1 } }", "field")]
    public void What_it_needs_must_be_said(string correlation, string named) =>
        Assert.Contains(SigmaReader.Read([File(correlation)], new SigmaOptions()).Problems, problem => problem.IsError && problem.Message.Contains(named, StringComparison.Ordinal));

    private static RuleSet Rules() => SigmaReader.Read([File("{ type: new_value, rules: [a], group-by: g, timespan: 30d, learning: 7d, condition: { field: v } }")], new SigmaOptions()).Rules;

    private static RuleFile File(string correlation) =>
        new("r.yml", $"title: a\nid: a\ndetection: {{ s: {{ v|exists: true }}, condition: s }}\n---\ntitle: c\nid: c\nlevel: low\ncorrelation: {correlation}\n");

    private static IReadOnlyList<Detection.Correlation.CorrelationFiring> Observe(CorrelationRun run, double day, string group, string value) =>
        run.Observe(Start.AddHours(Math.Round(day * 24, 3)), $$"""{"g":"{{group}}","v":"{{value}}"}""");
}
