using Microsoft.Extensions.Logging;
using Reeve.Journaling;

namespace Reeve.Store.Loading;

/// <summary>What happens to an event whose row the store refuses: it is stored as text, or its entry is kept in a file.</summary>
internal sealed partial class RefusedRows(
    Journal journal, EventRowEncoder encoder, BatchInsert insert, RejectedEntries rejected, PatientDisk disk, LoaderMetrics metrics,
    StoreLoaderOptions options, ILogger log)
{
    /// <summary>Stores what can be stored of an event; answers whether it is in the store now.</summary>
    public async Task<bool> StoreReducedAsync(ulong sequence, string token, CancellationToken cancellationToken)
    {
        using var reader = journal.Read(sequence);
        using var reduced = new EventBatch();
        var found = default(JournalEntry);
        await disk.DoAsync(() => reader.TryRead(out found), cancellationToken);
        if (found.Sequence != sequence)
        {
            metrics.Lost();
            Log.Lost(log, options.Server, sequence);
            return false;
        }

        if (encoder.AppendReduced(sequence, found.Payload, reduced.Rows) is { } context)
        {
            reduced.Added(sequence, context);
            if ((await insert.TryAsync(reduced, token, doubtful: false, cancellationToken)).Stored)
            {
                metrics.Refused();
                Log.Reduced(log, options.Server, sequence);
                return true;
            }
        }

        await RejectAsync(found, cancellationToken);
        return false;
    }

    /// <summary>Keeps an entry in a file.</summary>
    public async Task RejectAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        await disk.DoAsync(() => rejected.Keep(entry.Sequence, entry.Payload.Span), cancellationToken);
        metrics.Rejected();
        Log.Rejected(log, entry.Sequence, options.RejectedFolder);
    }

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Warning, "The store refused event {Server}-{Sequence}: it is stored as text only")]
        public static partial void Reduced(ILogger log, string server, ulong sequence);

        [LoggerMessage(11, LogLevel.Error, "Journal entry {Sequence} cannot be stored in any form: it is kept in {Folder}")]
        public static partial void Rejected(ILogger log, ulong sequence, string folder);

        [LoggerMessage(13, LogLevel.Critical, "The store refused event {Server}-{Sequence} and the damaged journal no longer has it: it is lost")]
        public static partial void Lost(ILogger log, string server, ulong sequence);
    }
}
