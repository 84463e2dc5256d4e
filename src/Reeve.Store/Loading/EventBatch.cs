using Reeve.Audit;

namespace Reeve.Store.Loading;

/// <summary>The rows of a run of journal entries. Reused; not thread-safe.</summary>
internal sealed class EventBatch : IDisposable
{
    private readonly List<ulong> _sequences = [];
    private readonly HashSet<(DateOnly Day, byte Retention)> _partitions = [];

    /// <summary>The bytes of the rows.</summary>
    public RowBinaryWriter Rows { get; } = new();

    public int Count => _sequences.Count;

    /// <summary>How many partitions the rows go to.</summary>
    public int Partitions => _partitions.Count;

    public DateTime Earliest { get; private set; }

    public DateTime Latest { get; private set; }

    /// <summary>Notes the row that was just written.</summary>
    public void Added(ulong sequence, EventContext context)
    {
        if (Count == 0 || context.Time < Earliest)
            Earliest = context.Time;
        if (Count == 0 || context.Time > Latest)
            Latest = context.Time;
        _sequences.Add(sequence);
        _partitions.Add((context.Day, context.Retention));
    }

    public ulong SequenceOf(int row) => _sequences[row];

    /// <summary>A copy of some rows, given in order; without times and partitions.</summary>
    public EventBatch Only(IEnumerable<int> rows)
    {
        var some = new EventBatch();
        foreach (var row in rows)
        {
            some.Rows.CopyRow(Rows, row);
            some._sequences.Add(_sequences[row]);
        }

        return some;
    }

    public void Clear()
    {
        Rows.Clear();
        _sequences.Clear();
        _partitions.Clear();
    }

    public void Dispose() => Rows.Dispose();
}
