using System.Runtime.CompilerServices;

namespace Reeve.Server.Pipeline;

/// <summary>
/// Remembers keys for a while: at least the newest seven eighths of <paramref name="capacity"/> keys, or of
/// <paramref name="window"/>, whichever ends first. Keys must be uniformly distributed (hashes). Not thread-safe.
/// </summary>
/// <remarks>
/// Eight generations of open addressing: forgetting drops the oldest table whole, so memory is bounded and no key is
/// ever moved. A table takes 16 bytes a slot for <see cref="UInt128"/> and is at most 70 % full.
/// </remarks>
internal sealed class RecentSet<TKey>(int capacity, TimeSpan window)
    where TKey : unmanaged, IEquatable<TKey>
{
    private const int Generations = 8;

    private readonly Queue<Generation> _older = new();
    private Generation _newest = new(DateTime.MinValue);

    /// <summary>Keys remembered now.</summary>
    public long Count => _newest.Count + _older.Sum(generation => (long)generation.Count);

    /// <summary>Adds a key seen at <paramref name="at"/> (UTC); false where it is remembered already.</summary>
    /// <remarks>The default value is no key: it is never remembered and always new.</remarks>
    public bool TryAdd(TKey key, DateTime at)
    {
        if (key.Equals(default))
            return true;
        Forget(at);
        foreach (var generation in _older)
        {
            if (generation.Contains(key))
                return false;
        }

        return _newest.TryAdd(key);
    }

    private void Forget(DateTime at)
    {
        if (_newest.Begun == DateTime.MinValue)
            _newest.Begun = at;
        if (_newest.Count >= capacity / Generations || at - _newest.Begun >= window / Generations)
        {
            _older.Enqueue(_newest);
            _newest = new(at);
        }

        while (_older.Count >= Generations)
            _older.Dequeue();
        while (_older.TryPeek(out var oldest) && at - oldest.Begun > window + (window / Generations))
            _older.Dequeue();
    }

    private sealed class Generation(DateTime begun)
    {
        private TKey[] _slots = new TKey[1024];

        public DateTime Begun { get; set; } = begun;

        public int Count { get; private set; }

        public bool Contains(TKey key) => _slots[Find(_slots, key)].Equals(key);

        public bool TryAdd(TKey key)
        {
            var index = Find(_slots, key);
            if (_slots[index].Equals(key))
                return false;
            _slots[index] = key;
            if (++Count > _slots.Length / 10 * 7)
                Grow();
            return true;
        }

        private void Grow()
        {
            var larger = new TKey[_slots.Length * 2];
            foreach (var key in _slots)
            {
                if (!key.Equals(default))
                    larger[Find(larger, key)] = key;
            }

            _slots = larger;
        }

        private static int Find(TKey[] slots, TKey key)
        {
            var mask = slots.Length - 1;
            var index = (int)Unsafe.As<TKey, ulong>(ref key) & mask;
            while (!slots[index].Equals(default) && !slots[index].Equals(key))
                index = (index + 1) & mask;
            return index;
        }
    }
}
