using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Journaling;
using Reeve.Store.ClickHouse;
using Reeve.Store.Findings;
using Reeve.Store.Query;

namespace Reeve.Server.Tests.Pipeline.Findings;

/// <summary>A store in memory that holds everything the journal does, and each finding once.</summary>
internal sealed class MemoryFindings(Journal journal) : IFindingStore
{
    private readonly Dictionary<string, Finding> _findings = new(StringComparer.Ordinal);

    /// <summary>What was added.</summary>
    public IReadOnlyCollection<Finding> All => _findings.Values;

    /// <summary>How often something was added that was there already.</summary>
    public int Repeated { get; private set; }

    /// <summary>Thrown instead of the next answers.</summary>
    public ClickHouseException? Away { get; set; }

    /// <summary>Thrown once after findings were added, as if the process ended there.</summary>
    public Exception? DiesAfterAdding { get; set; }

    public Task<IReadOnlyList<Finding>> AddAsync(IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        if (Away is not null)
            throw Away;
        var added = findings.Where(finding => _findings.TryAdd(finding.Id, finding)).ToList();
        Repeated += findings.Count - added.Count;
        if (DiesAfterAdding is not { } death)
            return Task.FromResult<IReadOnlyList<Finding>>(added);
        DiesAfterAdding = null;
        throw death;
    }

    public Task<IReadOnlySet<UInt128>> AnsweredAsync(IReadOnlyCollection<UInt128> requests, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        if (Away is not null)
            throw Away;
        return Task.FromResult<IReadOnlySet<UInt128>>(Entries()
            .Where(entry => entry.Context.Primary && entry.Context.Time >= from && entry.Context.Time < to && requests.Contains(entry.Context.RequestKey))
            .Select(entry => entry.Context.RequestKey).ToHashSet());
    }

    public Task<IReadOnlyList<FoundEvent>> EventsAsync(IReadOnlyCollection<ulong> sequences, DateTime from, DateTime to, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FoundEvent>>([.. Entries().Where(entry => sequences.Contains(entry.Sequence)).Select(entry => Describe(entry.Sequence, entry.Context, entry.Raw))]);

    private static FoundEvent Describe(ulong sequence, EventContext context, byte[] raw)
    {
        var parsed = new AuditEvent();
        new EventRestorer().Restore(raw, parsed);
        return new FoundEvent
        {
            Id = new EventId("3f9a2c1e", sequence), Time = context.Time, Day = context.Day, Retention = 0, Cluster = context.Cluster, Source = context.Source,
            Host = context.Host, Actor = "", Verb = parsed.Text(EventField.Verb), Resource = "", Subresource = "", Namespace = "", Name = "",
            Uri = parsed.Text(EventField.RequestUri),
        };
    }

    private List<(ulong Sequence, EventContext Context, byte[] Raw)> Entries()
    {
        var entries = new List<(ulong, EventContext, byte[])>();
        using var reader = journal.Read(0);
        while (reader.TryRead(out var entry))
        {
            Assert.True(EventEntry.TryRead(entry.Payload, out var context, out var raw));
            entries.Add((entry.Sequence, context, raw.ToArray()));
        }

        return entries;
    }
}
