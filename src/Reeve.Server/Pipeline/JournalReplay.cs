using Reeve.Audit.Entries;
using Reeve.Journaling;

namespace Reeve.Server.Pipeline;

/// <summary>What the journal tells at start: which events it holds, and how far each file was read into it.</summary>
/// <param name="Entries">Entries read.</param>
/// <param name="Positions">The last position of every stream that a source reads, by stream.</param>
internal sealed record JournalReplay(long Entries, IReadOnlyDictionary<long, (long Offset, long Line)> Positions)
{
    /// <summary>Reads every entry the journal still has into <paramref name="recent"/>.</summary>
    public static JournalReplay Read(Journal journal, RecentEvents recent, CancellationToken ct)
    {
        var positions = new Dictionary<long, (long Offset, long Line)>();
        var names = new NameCache();
        long entries = 0;
        using var reader = journal.Read(0);
        while (reader.TryRead(out var entry))
        {
            ct.ThrowIfCancellationRequested();
            if (!EventEntry.TryRead(entry.Payload, out var context, out _, names))
                continue;
            entries++;
            recent.TryAdd(context.Fingerprint, context.Received);
            if (context.Primary)
                recent.TryClaimPrimary(context.RequestKey, context.Received);
            if (context.Origin.Stream != 0)
                positions[context.Origin.Stream] = (context.Origin.End, context.Origin.Line);
        }

        return new(entries, positions);
    }
}
