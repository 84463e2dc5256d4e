using Reeve.Detection;
using Reeve.Detection.Correlation;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Benchmarks.Detecting;

/// <summary>What live groups of a correlation take: as many different users, each seen once within the window.</summary>
internal static class GroupMemory
{
    /// <summary>How many groups there are.</summary>
    public const int Groups = 1_000_000;

    private const string Rules =
        """
        title: Many
        correlation: { type: event_count, rules: [one], group-by: user.username, timespan: 1h, condition: { gte: 100 } }
        ---
        title: One
        name: one
        logsource: { product: kubernetes, service: audit }
        detection: { any: { verb: get }, condition: any }
        """;

    /// <summary>Bytes of managed memory, after a collection.</summary>
    public static long Measure()
    {
        var rules = RuleLoader.Read([new RuleFile("groups.yml", Rules)], new SigmaOptions()).Rules;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var engine = new CorrelationEngine(rules, new CorrelationLimits());
        for (var number = 0; number < Groups; number++)
        {
            var name = $"system:serviceaccount:team-{number}:deployer";
            var reference = new EventReference(
                (ulong)number, DateTime.UnixEpoch.AddMilliseconds(number), 0, $"00000000-0000-4000-8000-{number:x12}", "ResponseComplete", "", 0, "production", name, $"secrets team-{number}/database-credentials");
            engine.Observe(reference, [0], new One(name));
        }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        return engine.Groups == Groups ? after - before : throw new InvalidOperationException($"{engine.Groups} groups are live, not {Groups}");
    }

    private sealed class One(string value) : IFieldValues
    {
        public void Read(Field field, ICollection<string> values) => values.Add(value);
    }
}
