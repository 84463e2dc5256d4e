using System.Runtime.InteropServices;
using Reeve.Detection.Matching.Nodes;
using Reeve.Detection.Matching.Slots;

namespace Reeve.Detection.Matching.Programs;

/// <summary>
/// What rules say of one slot: values of which all its predicates say the same are one class. Rules, not senders, decide how
/// many classes there are. Not thread-safe.
/// </summary>
internal sealed class ValueClasses(Slot slot, IReadOnlyList<Predicate> predicates)
{
    private const int MostValues = 4096;
    private const int LongestValue = 512;

    private readonly Dictionary<byte[], ushort> _byValue = new(ByteKeys.Instance);
    private readonly Dictionary<byte[], ushort> _byOutcome = new(ByteKeys.Instance);
    private readonly List<byte[]> _outcomes = [];
    private byte[] _lastValue = [];
    private ushort _lastClass;
    private bool _hasLast;

    /// <summary>The slot.</summary>
    public Slot Slot => slot;

    /// <summary>How many classes there are by now.</summary>
    public int Count => _outcomes.Count;

    /// <summary>The class of the slot's value, which the session has as <paramref name="value"/>; empty where there is none.</summary>
    public ushort ClassOf(ReadOnlySpan<byte> value, MatchSession session)
    {
        if (_hasLast && value.SequenceEqual(_lastValue))
            return _lastClass;
        if (!_byValue.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(value, out var found))
            found = Ask(value, session);
        if (value.Length <= LongestValue)
            (_lastValue, _lastClass, _hasLast) = (Copy(value), found, true);
        return found;
    }

    /// <summary>What the predicates say of a class, by their order.</summary>
    public IEnumerable<(Predicate Predicate, bool Holds)> Of(ushort valueClass) =>
        predicates.Select((predicate, index) => (predicate, _outcomes[valueClass][index] != 0));

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _byValue.Clear();
        _byOutcome.Clear();
        _outcomes.Clear();
        _hasLast = false;
    }

    private ushort Ask(ReadOnlySpan<byte> value, MatchSession session)
    {
        var outcome = new byte[predicates.Count];
        for (var i = 0; i < outcome.Length; i++)
            outcome[i] = predicates[i].Holds(session) ? (byte)1 : (byte)0;
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_byOutcome, outcome, out var exists);
        if (!exists)
        {
            known = (ushort)_outcomes.Count;
            _outcomes.Add(outcome);
        }

        if (value.Length <= LongestValue)
        {
            if (_byValue.Count >= MostValues)
                _byValue.Clear();
            _byValue[value.ToArray()] = known;
        }

        return known;
    }

    private byte[] Copy(ReadOnlySpan<byte> value)
    {
        if (_lastValue.Length != value.Length)
            return value.ToArray();
        value.CopyTo(_lastValue);
        return _lastValue;
    }
}
