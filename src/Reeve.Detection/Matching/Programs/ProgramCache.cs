using System.Runtime.InteropServices;
using Reeve.Detection.Matching.Nodes;
using Reeve.Detection.Matching.Slots;

namespace Reeve.Detection.Matching.Programs;

/// <summary>
/// Finds the program for an event. Requests of one sort (the same verb, resource, kind of user …) come again and again, and
/// most rules can be told from that alone; so what their conditions leave to ask is worked out once for each sort and kept.
/// That makes the cost of a rule that has nothing to do with an event nothing at all. Not thread-safe.
/// </summary>
internal sealed class ProgramCache
{
    // What rules tell apart, not what senders send, makes programs; so this many are a set of rules too odd to keep.
    private const int MostPrograms = 20_000;
    private const int MostClasses = ushort.MaxValue;

    private readonly IReadOnlyList<Node> _rules;
    private readonly ValueClasses[] _classes;
    private readonly Dictionary<byte[], MatchProgram> _programs = new(ByteKeys.Instance);
    private readonly byte[] _key;

    public ProgramCache(IReadOnlyList<Node> rules, IEnumerable<Predicate> predicates)
    {
        _rules = rules;
        _classes = [.. predicates.Where(predicate => predicate is { IsLocal: true, Slot.IsRecurring: true })
            .GroupBy(predicate => predicate.Slot!)
            .Select(group => new ValueClasses(group.Key, [.. group]))];
        _key = new byte[(_classes.Length * sizeof(ushort)) + 1];
    }

    /// <summary>The program for the session's event.</summary>
    public MatchProgram For(MatchSession session)
    {
        var classes = MemoryMarshal.Cast<byte, ushort>(_key.AsSpan(1));
        for (var i = 0; i < _classes.Length; i++)
        {
            var slot = _classes[i].Slot;
            classes[i] = _classes[i].ClassOf(session.Count(slot) == 0 ? default : session.Value(slot, 0), session);
        }

        _key[0] = (byte)((session.Has(JsonPart.RequestObject) ? 1 : 0) | (session.Has(JsonPart.ResponseObject) ? 2 : 0));
        if (_programs.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(_key, out var known))
            return known;
        var program = Specialise(session, classes);
        if (_programs.Count >= MostPrograms || _classes.Any(each => each.Count >= MostClasses))
            Clear();
        else
            _programs.Add([.. _key], program);
        return program;
    }

    private MatchProgram Specialise(MatchSession session, ReadOnlySpan<ushort> classes)
    {
        var known = new Dictionary<Predicate, bool>();
        for (var i = 0; i < _classes.Length; i++)
        {
            foreach (var (predicate, holds) in _classes[i].Of(classes[i]))
                known.Add(predicate, holds);
        }

        bool? Known(Predicate predicate) =>
            known.TryGetValue(predicate, out var holds) ? holds
            : predicate is { IsLocal: true, Slot.Body: { } body } && !session.Has(body) ? predicate.WhenAbsent
            : null;
        return new MatchProgram(_rules.Select((node, rule) => (rule, node.Given(Known))).Where(left => left.Item2 != ConstantNode.False));
    }

    private void Clear()
    {
        _programs.Clear();
        foreach (var each in _classes)
            each.Clear();
    }
}
