namespace Reeve.Journaling.Segments;

/// <summary>Counts damage once, however many readers meet it. Thread-safe.</summary>
internal sealed class DamageLedger(IJournalObserver? observer)
{
    private readonly Lock _gate = new();
    private readonly HashSet<(string Segment, long Offset)> _regions = [];
    private readonly List<JournalRange> _missing = [];
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    public ulong Entries
    {
        get
        {
            lock (_gate)
                return _missing.Aggregate(0ul, (sum, range) => sum + (range.End - range.First));
        }
    }

    public void Report(JournalDamage damage)
    {
        lock (_gate)
        {
            var newRegion = _regions.Add((damage.Segment, damage.Offset));
            if (newRegion)
                Interlocked.Add(ref _bytes, damage.Bytes);
            if (Merge(damage.Missing) || (newRegion && damage.Bytes > 0))
                observer?.Damaged(damage);
        }
    }

    /// <summary>Adds a range to the union; false where it was all known.</summary>
    private bool Merge(JournalRange range)
    {
        if (range.First >= range.End || _missing.Exists(known => known.First <= range.First && known.End >= range.End))
            return false;
        var touching = _missing.FindAll(known => known.First <= range.End && range.First <= known.End);
        _missing.RemoveAll(known => touching.Contains(known));
        _missing.Add(new JournalRange(
            touching.Select(known => known.First).Append(range.First).Min(),
            touching.Select(known => known.End).Append(range.End).Max()));
        return true;
    }
}
