namespace Reeve.Journaling.Tests.Support;

/// <summary>What must, may and must not be in a journal, kept outside of it through every crash.</summary>
internal sealed class JournalModel
{
    private readonly SortedDictionary<ulong, byte[]> _kept = [];
    private readonly SortedDictionary<ulong, byte[][]> _tentative = [];
    private readonly Dictionary<string, List<CursorPlace>> _cursors = new(StringComparer.Ordinal);

    /// <summary>Batches whose appending completed; they may be lost until acknowledged, as a whole.</summary>
    public void Appended(JournalAppend append, byte[][] payloads)
    {
        Assert.Equal((ulong)payloads.Length, append.End - append.First);
        Assert.DoesNotContain(append.First, _kept.Keys);
        _tentative.Add(append.First, payloads);
    }

    /// <summary>Everything below is acknowledged from now on.</summary>
    public void Acknowledged(ulong end)
    {
        foreach (var (first, payloads) in _tentative.Where(batch => batch.Key < end).ToList())
        {
            Assert.True(first + (ulong)payloads.Length <= end, "a batch was acknowledged in part");
            for (var index = 0; index < payloads.Length; index++)
                _kept.Add(first + (ulong)index, payloads[index]);
            _tentative.Remove(first);
        }
    }

    /// <summary>An entry a reader answered must be the one that was appended.</summary>
    public void Read(JournalEntry entry)
    {
        if (!_kept.TryGetValue(entry.Sequence, out var payload))
        {
            var batch = _tentative.LastOrDefault(batch => batch.Key <= entry.Sequence);
            Assert.True(batch.Value is not null && entry.Sequence < batch.Key + (ulong)batch.Value.Length, $"entry {entry.Sequence} was never appended");
            payload = batch.Value[entry.Sequence - batch.Key];
        }

        Assert.True(payload.AsSpan().SequenceEqual(entry.Payload.Span), $"entry {entry.Sequence} is wrong");
    }

    /// <summary>A save is about to be tried; until it returned either place is right.</summary>
    public void Saving(JournalCursor cursor, ulong position, JournalRange? pending) =>
        _cursors[cursor.Consumer].Add(new CursorPlace(position, pending));

    public void Saved(JournalCursor cursor) => Stands(cursor, cursor.Position, cursor.Pending);

    public void Stands(JournalCursor cursor, ulong position, JournalRange? pending) =>
        _cursors[cursor.Consumer] = [new CursorPlace(position, pending)];

    public bool Knows(string consumer) => _cursors.ContainsKey(consumer);

    /// <summary>Compares a freshly opened journal with all of the above; what it shows is kept for ever after.</summary>
    public void Check(Journal journal)
    {
        var read = new List<ulong>();
        using (var reader = journal.Read(1))
        {
            while (reader.TryRead(out var entry))
            {
                Read(entry);
                read.Add(entry.Sequence);
            }

            Assert.Equal(journal.DurableEnd, reader.Position);
        }

        var needed = _cursors.Count == 0 ? 1 : _cursors.Values.Min(places => places.Max(place => place.Needed));
        var present = read.ToHashSet();
        Assert.DoesNotContain(_kept.Keys, sequence => sequence >= needed && !present.Contains(sequence));
        for (var index = 1; index < read.Count; index++)
            Assert.Equal(read[index - 1] + 1, read[index]);
        Assert.Equal((0L, 0ul), (journal.Status.DamagedBytes, journal.Status.DamagedEntries));
        Assert.True(journal.NextSequence > _kept.Keys.LastOrDefault(), "a sequence will be given out twice");
        CheckCursors(journal);

        Acknowledged(read.Count > 0 ? read[^1] + 1 : 0);
        _tentative.Clear();
    }

    private void CheckCursors(Journal journal)
    {
        foreach (var (consumer, places) in _cursors.ToList())
        {
            var cursor = journal.OpenCursor(consumer);
            Assert.Contains(new CursorPlace(cursor.Position, cursor.Pending), places);
            Saved(cursor);
        }
    }

    private sealed record CursorPlace(ulong Position, JournalRange? Pending)
    {
        public ulong Needed => Math.Min(Position, Pending?.First ?? ulong.MaxValue);
    }
}
