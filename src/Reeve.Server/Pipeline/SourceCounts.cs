using Reeve.Server.Sources;

namespace Reeve.Server.Pipeline;

/// <summary>Totals since the server started, by source. Thread-safe.</summary>
internal sealed class SourceCounts
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SourceTotals> _totals = new(StringComparer.Ordinal);

    /// <summary>Adds one batch.</summary>
    public void Add(SourceIdentity source, IntakeCounts counts, DateTime received)
    {
        lock (_gate)
        {
            var before = Of(source.Name);
            _totals[source.Name] = new(
                before.Events + counts.Events,
                before.Duplicates + counts.Duplicates,
                before.Unreadable + counts.Unreadable,
                before.Truncated + counts.Truncated,
                received);
        }
    }

    /// <summary>The totals of one source.</summary>
    public SourceTotals Of(string source)
    {
        lock (_gate)
            return _totals.GetValueOrDefault(source) ?? new(0, 0, 0, 0, null);
    }
}

/// <summary>What one source sent since the server started.</summary>
/// <param name="Events">Events and unreadable records, duplicates included.</param>
/// <param name="Duplicates">Those received before.</param>
/// <param name="Unreadable">Records no event could be read from.</param>
/// <param name="Truncated">Events of which a part is missing.</param>
/// <param name="LastReceived">When the last one arrived, UTC.</param>
internal sealed record SourceTotals(long Events, long Duplicates, long Unreadable, long Truncated, DateTime? LastReceived);
