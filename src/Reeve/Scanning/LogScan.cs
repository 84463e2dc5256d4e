using System.Security.Cryptography;
using Reeve.Audit;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Detection;
using Reeve.Detection.Alerts;
using Reeve.Detection.Rules;
using Reeve.Server.Sources.Files;

namespace Reeve.Scanning;

/// <summary>
/// Reads logs to their end and runs rules over them, without a server: any shape the reader knows, packed or not. The events of all
/// paths are one log: their own times decide what belongs together, in whatever order the files come. Not thread-safe.
/// </summary>
internal sealed class LogScan : IEventSink, IDisposable
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    private const string Cluster = "default";

    private readonly EventLimits _limits = new();
    private readonly Scrubber _scrubber = new(new ScrubKey(RandomNumberGenerator.GetBytes(32)));
    private readonly LineFramer _lines;
    private readonly EventReader _reader;
    private readonly DetectionEngine _engine;
    private readonly DateTime _now = TimeProvider.System.GetUtcNow().UtcDateTime;
    private readonly Dictionary<string, Alert> _alerts = new(StringComparer.Ordinal);
    private readonly List<Alert> _raised = [];
    private string _file = "";
    private long _line;

    public LogScan(RuleSet rules)
    {
        _lines = new LineFramer(_limits, _scrubber);
        _reader = new EventReader(_scrubber, _limits);
        _engine = new DetectionEngine(rules, DetectionOptions.Finite);
    }

    /// <summary>Every event and unreadable record that was read, duplicates included.</summary>
    public long Events { get; private set; }

    /// <summary>Events of which a part is missing.</summary>
    public long Salvaged { get; private set; }

    /// <summary>Records in which no event could be read.</summary>
    public long Unreadable { get; private set; }

    /// <summary>The alerts so far, as they were raised.</summary>
    public IReadOnlyCollection<Alert> Alerts => _alerts.Values;

    /// <summary>Reads a file, or standard input.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="progress">Told how many bytes of it on the disk have been read.</param>
    /// <param name="ct">Ends it between two lines.</param>
    /// <exception cref="IOException">It cannot be read to its end; what was read counts.</exception>
    public void Read(string path, Action<long> progress, CancellationToken ct)
    {
        (_file, _line) = (path, 1);
        if (path == StandardInput)
        {
            using var input = Console.OpenStandardInput();
            Read(input, () => Events, progress, ct);
            return;
        }

        using var log = LogContent.Open(path);
        Read(log.ReadFrom(0), () => log.FilePosition, progress, ct);
    }

    /// <summary>Reads one record.</summary>
    public void Read(ReadOnlyMemory<byte> record)
    {
        _line++;
        _reader.Read(record, this);
    }

    /// <summary>Judges what only the end tells.</summary>
    public void Finish()
    {
        _engine.Finish(_raised);
        TakeRaised();
    }

    /// <inheritdoc/>
    public void Accept(AuditEvent auditEvent)
    {
        Events++;
        if (auditEvent.Integrity == Integrity.Unreadable)
            Unreadable++;
        else if (auditEvent.Integrity != Integrity.Whole)
            Salvaged++;
        _engine.Observe(auditEvent, ContextOf(auditEvent), (ulong)Events, _file, _raised);
        TakeRaised();
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private void Read(Stream content, Func<long> position, Action<long> progress, CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var read = content.Read(_lines.GetMemory().Span);
            _lines.Advance(read);
            while (_lines.TryRead(out var line))
                Take(line);
            progress(position());
            if (read > 0)
                continue;
            if (_lines.TryTakeRest(out var rest))
                Take(rest);
            return;
        }
    }

    private void Take(Server.Sources.FramedRecord line)
    {
        _reader.Read(line.Bytes, line.Tail, this);
        _line += line.Breaks + 1;
    }

    private EventContext ContextOf(AuditEvent auditEvent)
    {
        var time = auditEvent.StageAt ?? auditEvent.RequestReceivedAt ?? auditEvent.SentAt ?? _now;
        return new EventContext
        {
            Received = _now,
            Time = time,
            Day = DateOnly.FromDateTime(time),
            Cluster = Cluster,
            Source = "scan",
            Origin = new RecordOrigin(0, 0, _line),
            Ip = ClientAddress.Of(auditEvent, TrustedProxies.None),
            Integrity = auditEvent.Integrity,
            Marks = auditEvent.Marks,
            RequestKey = EventIdentity.RequestKey(Cluster, auditEvent),
        };
    }

    private void TakeRaised()
    {
        foreach (var alert in _raised)
            _alerts.TryAdd(alert.Id, alert);
        _raised.Clear();
    }
}
