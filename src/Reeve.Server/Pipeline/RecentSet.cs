using System.Runtime.CompilerServices;

namespace Reeve.Server.Pipeline;

/// <summary>
/// Remembers keys for a while: at least the newest three quarters of <paramref name="capacity"/> keys, or of
/// <paramref name="window"/>, whichever ends first. Keys must be uniformly distributed (hashes). Not thread-safe.
/// </summary>
/// <remarks>
/// Four generations of open addressing, at most 80 % full: forgetting drops the oldest table whole, so memory is bounded
/// by <paramref name="capacity"/> × 1.25 slots. More generations would forget less at once, but a key that is new is
/// looked up in every one of them.
/// </remarks>
internal sealed class RecentSet<TKey>(int capacity, TimeSpan window)
    where TKey : unmanaged, IEquatable<TKey>
{
    private const int Generations = 4;

    private readonly int _most = Math.Max(1, capacity / Generations);
    private readonly Queue<Generation> _older = new();
    private Generation? _newest;

    /// <summary>Keys remembered now.</summary>
    public long Count => All.Sum(generation => (long)generation.Count);

    /// <summary>Bytes of all slots.</summary>
    public long Bytes => All.Sum(generation => generation.Bytes);

    private IEnumerable<Generation> All => _newest is null ? _older : _older.Append(_newest);

    /// <summary>Adds a key seen at <paramref name="at"/> (UTC); false where it is remembered already.</summary>
    /// <remarks>The default value is no key: it is never remembered and always new.</remarks>
    public bool TryAdd(TKey key, DateTime at)
    {
        if (key.Equals(default))
            return true;
        var newest = Newest(at);
        foreach (var generation in _older)
        {
            if (generation.Contains(key))
                return false;
        }

        return newest.TryAdd(key, at);
    }

    /// <summary>Forgets a key, as if it had never been seen.</summary>
    public void Remove(TKey key)
    {
        if (key.Equals(default))
            return;
        foreach (var generation in All)
            generation.Remove(key);
    }

    private Generation Newest(DateTime at)
    {
        if (_newest is { } full && (full.Count >= _most || at - full.Begun >= window / Generations))
        {
            _older.Enqueue(full);
            _newest = null;
        }

        while (_older.Count >= Generations)
            _older.Dequeue();
        while (_older.TryPeek(out var oldest) && at - oldest.Latest > window)
            _older.Dequeue();
        return _newest ??= new(at, _most);
    }

    private sealed class Generation(DateTime begun, int most)
    {
        private const int FirstSlots = 1024;

        // At 80 % a search for a key that is not there looks at 13 neighbouring slots.
        private readonly int _mostSlots = (int)(most * 5L / 4) + 1;
        private TKey[] _slots = new TKey[Math.Min(FirstSlots, (int)(most * 5L / 4) + 1)];

        public DateTime Begun { get; } = begun;

        /// <summary>When the youngest of its keys was seen; those of the store come in no order.</summary>
        public DateTime Latest { get; private set; } = begun;

        public int Count { get; private set; }

        public long Bytes => (long)_slots.Length * Unsafe.SizeOf<TKey>();

        public bool Contains(TKey key) => _slots[Find(_slots, key)].Equals(key);

        public bool TryAdd(TKey key, DateTime at)
        {
            var index = Find(_slots, key);
            if (_slots[index].Equals(key))
                return false;
            _slots[index] = key;
            if (at > Latest)
                Latest = at;
            if (++Count > _slots.Length / 5 * 4 && _slots.Length < _mostSlots)
                Grow();
            return true;
        }

        // The keys behind it may have come to lie there because its slot was taken.
        public void Remove(TKey key)
        {
            var index = Find(_slots, key);
            if (!_slots[index].Equals(key))
                return;
            _slots[index] = default;
            Count--;
            for (index = Next(_slots, index); !_slots[index].Equals(default); index = Next(_slots, index))
            {
                var moved = _slots[index];
                _slots[index] = default;
                _slots[Find(_slots, moved)] = moved;
            }
        }

        private void Grow()
        {
            var larger = new TKey[(int)Math.Min(_slots.Length * 2L, _mostSlots)];
            foreach (var key in _slots)
            {
                if (!key.Equals(default))
                    larger[Find(larger, key)] = key;
            }

            _slots = larger;
        }

        private static int Find(TKey[] slots, TKey key)
        {
            var index = First(slots, key);
            while (!slots[index].Equals(default) && !slots[index].Equals(key))
                index = Next(slots, index);
            return index;
        }

        // Any number of slots, not only powers of two: the upper half of hash × slots is uniform in 0..slots
        // (Lemire, "Fast Random Integer Generation in an Interval", 2019).
        private static int First(TKey[] slots, TKey key) =>
            (int)Math.BigMul(Unsafe.As<TKey, ulong>(ref key) * 0x9E3779B97F4A7C15, (ulong)slots.Length, out _);

        private static int Next(TKey[] slots, int index) => index + 1 == slots.Length ? 0 : index + 1;
    }
}
