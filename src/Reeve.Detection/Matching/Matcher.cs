using System.Collections.Immutable;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching.Nodes;
using Reeve.Detection.Matching.Slots;

namespace Reeve.Detection.Matching;

/// <summary>
/// Conditions made ready to be asked about many events: equal questions are asked once, and what an event's verb, resource and
/// other recurring values decide is decided once for all such events. Immutable and thread-safe; each thread asks through
/// a session of its own.
/// </summary>
public sealed class Matcher
{
    private Matcher(IReadOnlyList<Node> rules, SlotTable slots, IReadOnlyList<Predicate> predicates) => (Rules, Slots, Predicates) = (rules, slots, predicates);

    internal IReadOnlyList<Node> Rules { get; }

    internal SlotTable Slots { get; }

    internal IReadOnlyList<Predicate> Predicates { get; }

    /// <summary>Makes conditions ready.</summary>
    /// <param name="conditions">The conditions; sessions name them by their positions.</param>
    /// <param name="read">Fields that will be read besides: what correlations group by, what alerts show.</param>
    public static Matcher Compile(ImmutableArray<Condition> conditions, IEnumerable<Field> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var slots = new SlotTable();
        var compiler = new NodeCompiler(slots);
        var rules = conditions.Select(compiler.Compile).ToList();
        foreach (var field in read)
            slots.Add(field);
        return new Matcher(rules, slots, compiler.Predicates);
    }

    /// <summary>A session, for one thread.</summary>
    public MatchSession NewSession() => new(this);
}
