using Reeve.Audit;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Store.Loading;

namespace Reeve.Benchmarks.Support;

/// <summary>A log's events as RowBinary in batches, encoded before any clock starts. Decides what the server's pipeline decides at receipt.</summary>
internal sealed class ReadyRows : IEventSink, IDisposable
{
    private const string Cluster = "default";

    private readonly IRowFormat _format;
    private readonly DateTime _received;
    private readonly HashSet<UInt128> _seen = [];
    private readonly HashSet<UInt128> _requests = [];
    private readonly List<RowBinaryWriter> _batches = [];
    private readonly ulong _first;
    private long _line;

    private ReadyRows(IRowFormat format, ulong first, TimeProvider time)
    {
        (_format, _first) = (format, first);
        var now = time.GetUtcNow().UtcDateTime;
        _received = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>The table the rows are for.</summary>
    public string Table => _format.Table;

    public IReadOnlyList<string> Columns => _format.Columns;

    public IReadOnlyList<RowBinaryWriter> Batches => _batches;

    /// <summary>Rows: the log's events without duplicates.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes of the events' JSON.</summary>
    public long RawBytes { get; private set; }

    /// <summary>Encodes a log.</summary>
    /// <param name="log">One event a line.</param>
    /// <param name="format">The table.</param>
    /// <param name="first">The sequence number of the first event; with it the batches' tokens differ from those of other logs.</param>
    public static ReadyRows Encode(string log, IRowFormat format, ulong first = 1)
    {
        var rows = new ReadyRows(format, first, TimeProvider.System);
        var reader = new EventReader(new Scrubber(new ScrubKey(new byte[32])), new EventLimits());
        ReadOnlyMemory<byte> rest = File.ReadAllBytes(log);
        while (!rest.IsEmpty)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            rows._line++;
            reader.Read(end < 0 ? rest : rest[..end], rows);
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return rows;
    }

    public void Accept(AuditEvent auditEvent)
    {
        var fingerprint = EventIdentity.Fingerprint(Cluster, auditEvent);
        if (fingerprint != 0 && !_seen.Add(fingerprint))
            return;
        if (Count % Sizes.BatchRows == 0)
            _batches.Add(new RowBinaryWriter());
        _format.Append(_first + (ulong)Count, Describe(auditEvent, fingerprint), auditEvent, _batches[^1]);
        Count++;
        RawBytes += auditEvent.Raw.Length;
    }

    public void Dispose() => _batches.ForEach(batch => batch.Dispose());

    /// <summary>What identifies a batch in the store.</summary>
    public string Token(int batch) => $"{Table}-{_first}-{batch}";

    private EventContext Describe(AuditEvent auditEvent, UInt128 fingerprint)
    {
        var time = auditEvent.StageAt ?? auditEvent.RequestReceivedAt ?? _received;
        var request = EventIdentity.RequestKey(Cluster, auditEvent);
        return new()
        {
            Received = _received,
            Time = time,
            Day = DateOnly.FromDateTime(time),
            Cluster = Cluster,
            Source = "file",
            Ip = ClientAddress.Of(auditEvent, TrustedProxies.None),
            Integrity = auditEvent.Integrity,
            Marks = auditEvent.Marks,
            Primary = auditEvent.IsResponse && _requests.Add(request),
            RequestKey = request,
            Fingerprint = fingerprint,
            Origin = new RecordOrigin(1, 0, _line),
        };
    }
}
