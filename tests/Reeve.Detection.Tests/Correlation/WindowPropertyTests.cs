using System.Text.Json;
using CsCheck;
using Reeve.Detection.Correlation;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Tests.Correlation;

public sealed class WindowPropertyTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly string[] Kinds =
    [
        "type: event_count, condition: { gte: 3 }", "type: event_count, condition: { gt: 1, lte: 4 }", "type: event_count, condition: { eq: 2 }", "type: event_count, condition: { neq: 3, gt: 1 }",
        "type: value_count, condition: { field: v, gte: 3 }", "type: value_count, condition: { field: v, lt: 3, gt: 1 }",
        "type: value_sum, condition: { field: v, gt: 6 }", "type: value_avg, condition: { field: v, gte: 2 }", "type: value_percentile, condition: { field: v, percentile: 75, gte: 3 }",
        "type: temporal", "type: temporal, condition: { gte: 2 }", "type: temporal, condition: a and (b or not c)",
        "type: temporal_ordered", "type: temporal_ordered, condition: { gte: 2 }", "type: temporal_ordered, condition: a and (b or c)",
    ];

    private static readonly string[] EndKinds =
    [
        "type: event_count, condition: { lt: 3 }", "type: event_count, condition: { neq: 2 }", "type: value_count, condition: { field: v, lte: 1 }",
        "type: value_sum, condition: { field: v, lt: 4 }", "type: temporal, condition: { lte: 1 }", "type: temporal_ordered, condition: { lt: 2 }",
    ];

    private static readonly Gen<Step> Steps =
        from seconds in Gen.Int[0, 90]
        from rules in OneOf("\"a\"", "\"b\"", "\"c\"", "[\"a\",\"b\"]", "[\"c\",\"a\"]", "[\"a\",\"b\",\"c\"]")
        from groups in OneOf("\"x\"", "\"x\"", "\"y\"", "[\"x\",\"y\",\"x\"]", "null")
        from values in OneOf("0", "1", "2", "3.5", "-1", "[1,2]", "\"many\"", "[]")
        from request in Gen.Int[0, 20]
        from restart in Gen.Int[0, 9]
        select new Step(Start.AddSeconds(seconds), rules, groups, values, request, restart == 0);

    [Fact]
    public void Windows_fire_as_the_whole_list_says_however_late_events_come_and_across_restarts()
    {
        Gen.Select(OneOf(Kinds), Steps.Array[1, 60]).Sample((kind, steps) => Compare(kind, steps), iter: 3000);
    }

    [Fact]
    public void Windows_with_many_events_fire_as_the_whole_list_says()
    {
        var many = Steps.Select(step => step with { Time = Start.AddSeconds((step.Time - Start).TotalSeconds / 3), Request = 0 }).Array[150, 250];
        Gen.Select(OneOf(Kinds), many, Gen.Bool).Sample((kind, steps, isSorted) => Compare(kind, isSorted ? [.. steps.OrderBy(step => step.Time)] : steps), iter: 60);
    }

    [Fact]
    public void Windows_judged_at_their_end_are_those_of_the_whole_list()
    {
        Gen.Select(OneOf(EndKinds), Steps.Array[1, 40], Gen.Bool).Sample(
            (kind, steps, settles) =>
            {
                // What comes late for a window that was judged is another matter.
                if (settles)
                    steps = [.. steps.OrderBy(step => step.Time)];
                var (run, rule) = Begin(kind);
                var (all, fired) = (new List<Found>(), new List<CorrelationFiring>());
                var seen = new HashSet<(int, int)>();
                for (var at = 0; at < steps.Length; at++)
                {
                    Assert.Empty(run.Observe(steps[at].Time, steps[at].Json, (UInt128)steps[at].Request));
                    all.AddRange(steps[at].Found(rule, (ulong)at + 1, seen));
                    if (settles)
                        fired.AddRange(run.Engine.Settle(steps[at].Time));
                    if (steps[at].IsRestart)
                        run.Restart();
                }

                fired.AddRange(run.Engine.Finish());
                Assert.Equal(
                    NaiveWindows.Ended(rule, all).Select(window => $"{window[0].Group}: {Sequences(window)}").Order(),
                    fired.Select(firing => $"{firing.Group[0].Value}: {string.Join(' ', firing.Events.Select(reference => reference.Sequence))}").Order());
                Assert.Equal((0, 0L), (run.Engine.Groups, run.Engine.Events));
            },
            iter: 3000);
    }

    private static void Compare(string kind, Step[] steps)
    {
        var (run, rule) = Begin(kind);
        var all = new List<Found>();
        var seen = new HashSet<(int, int)>();
        for (var at = 0; at < steps.Length; at++)
        {
            var expected = new List<string>();
            foreach (var group in steps[at].Found(rule, (ulong)at + 1, seen).GroupBy(one => one.Group))
            {
                all.AddRange(group);
                if (NaiveWindows.Fires(rule, all) is { } window)
                    expected.Add($"{group.Key}: {Sequences(window)}");
            }

            var fired = run.Observe(steps[at].Time, steps[at].Json, (UInt128)steps[at].Request);
            Assert.Equal(expected.Order(), fired.Select(firing => $"{firing.Group[0].Value}: {string.Join(' ', firing.Events.Select(reference => reference.Sequence))}").Order());
            if (steps[at].IsRestart)
                run.Restart();
        }
    }

    private static (CorrelationRun Run, CorrelationRule Rule) Begin(string kind)
    {
        var rules = ThreeRules.Under($"{{ rules: [a, b, c], group-by: g, timespan: 20s, {kind} }}");
        return (new CorrelationRun(rules), rules.Correlations[0]);
    }

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(choice => choices[choice]);

    private static string Sequences(List<Found> window) => string.Join(' ', window.Select(one => one.Sequence).Distinct());

    private sealed record Step(DateTime Time, string Rules, string Groups, string Values, int Request, bool IsRestart)
    {
        public string Json => $$"""{"k":{{Rules}},"g":{{Groups}},"v":{{Values}}}""";

        // What is not counted in the stage of a request that lacks it may be in another.
        public IEnumerable<Found> Found(CorrelationRule rule, ulong sequence, HashSet<(int, int)> seen)
        {
            var (groups, values) = (Texts(Groups), Texts(Values));
            if (rule.Type is CorrelationType.ValueSum or CorrelationType.ValueAverage or CorrelationType.ValuePercentile)
                values = [.. values.Where(value => value != "many")];
            if (groups.Length == 0 || (values.Length == 0 && !rule.ValueFields.IsEmpty))
                return [];
            return Texts(Rules).Select(name => name[0] - 'a').Where(one => Request == 0 || seen.Add((one, Request))).ToList()
                .SelectMany(one => groups.Distinct().Select(group => new Found(sequence, Time, one, group, values)));
        }

        private static string[] Texts(string json)
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Null ? [] : root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Select(one => $"{one}")] : [$"{root}"];
        }
    }
}
