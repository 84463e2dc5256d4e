using System.Globalization;
using Reeve.Detection.Correlation;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching;

namespace Reeve.Detection.Tests.Correlation;

[CollectionDefinition(nameof(GroupMemoryTests), DisableParallelization = true)]
[Collection(nameof(GroupMemoryTests))]
public sealed class GroupMemoryTests
{
    private const int Groups = 100_000;

    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_group_takes_no_more_memory_than_the_limits_say()
    {
        var engine = new CorrelationEngine(ThreeRules.Under("{ type: event_count, rules: [a], group-by: g, timespan: 1h, condition: { gte: 100 } }"), new CorrelationLimits());
        // Whatever is made once.
        Observe(engine, 0, 1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Observe(engine, 0, Groups);
        var first = GC.GetTotalMemory(forceFullCollection: true) - before;
        Observe(engine, Groups, Groups);
        var second = GC.GetTotalMemory(forceFullCollection: true) - before - first;

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first / (double)Groups:F0} bytes a group of one event, {second / (double)Groups:F0} bytes a further event"));
        Assert.Equal((Groups, 2L * Groups + 1), (engine.Groups, engine.Events));
        Assert.InRange(first / Groups, 100, 550);
        Assert.InRange(second / Groups, 50, 260);
        GC.KeepAlive(engine);
    }

    private static void Observe(CorrelationEngine engine, int from, int count)
    {
        for (var number = from; number < from + count; number++)
        {
            var name = $"system:serviceaccount:team-{number % Groups}:deployer";
            // No requests: those that were counted are remembered in a bounded set of their own.
            var reference = new EventReference((ulong)number, Start.AddMilliseconds(number), 0, $"00000000-0000-4000-8000-{number:x12}", "ResponseComplete", "", 0, "production", name, $"secrets team-{number % Groups}/database-credentials");
            engine.Observe(reference, [0], new One(name));
        }
    }

    private sealed class One(string value) : IFieldValues
    {
        public void Read(Field field, ICollection<string> values) => values.Add(value);
    }
}
