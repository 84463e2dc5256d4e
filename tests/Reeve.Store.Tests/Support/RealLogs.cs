using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Audit.Reading;
using Reeve.Testing;
using ZstdSharp;

namespace Reeve.Store.Tests.Support;

/// <summary>The logs of a real apiserver as the pipeline would journal them: unwrapped, scrubbed, without duplicates, one primary a request.</summary>
internal sealed class RealLogs : IEventSink
{
    private readonly EventReader _reader = Samples.Reader();
    private readonly HashSet<UInt128> _seen = [];
    private readonly HashSet<UInt128> _requests = [];
    private readonly DateTime _from;
    private readonly TimeSpan _step;

    /// <summary>Makes a reader of logs.</summary>
    /// <param name="from">The time of the first event.</param>
    /// <param name="step">How far the events are apart: the logs themselves cover minutes.</param>
    public RealLogs(DateTime from, TimeSpan step) => (_from, _step) = (from, step);

    public List<SampleEvent> Events { get; } = [];

    /// <summary>The end of the time that the events cover.</summary>
    public DateTime End => _from + (Events.Count * _step);

    /// <summary>Reads one of so many lines of a log, or of every one of a folder.</summary>
    public void Read(int oneOf, params string[] parts)
    {
        var at = 0;
        var path = Repository.Shared(["data", "audit", .. parts]);
        string[] logs = File.Exists(path) ? [path] : Directory.GetFiles(path, "*.jsonl*");
        foreach (var log in logs.Order(StringComparer.Ordinal))
        {
            using var file = File.OpenRead(log);
            using var lines = new StreamReader(log.EndsWith(".zst", StringComparison.Ordinal) ? new DecompressionStream(file) : file);
            while (lines.ReadLine() is { } line)
            {
                if (at++ % oneOf == 0)
                    _reader.Read(System.Text.Encoding.UTF8.GetBytes(line), this);
            }
        }
    }

    public void Accept(AuditEvent auditEvent)
    {
        // Three clusters, so that each has some of everything.
        var cluster = (Events.Count % 3) switch { 0 => "dev", 1 => "stage", _ => "prod \"east\"" };
        var fingerprint = EventIdentity.Fingerprint("", auditEvent);
        if (fingerprint != 0 && !_seen.Add(fingerprint))
            return;
        var request = EventIdentity.RequestKey("", auditEvent);
        var time = End;
        var context = new EventContext
        {
            Received = time,
            Time = time,
            Day = DateOnly.FromDateTime(time),
            Cluster = cluster,
            Source = "file",
            Host = "cp-1",
            Ip = ClientAddress.Of(auditEvent, TrustedProxies.None),
            Integrity = auditEvent.Integrity,
            Marks = auditEvent.Marks,
            Primary = auditEvent.IsResponse && _requests.Add(request),
            RequestKey = request,
            Fingerprint = fingerprint,
            Origin = new RecordOrigin(1, 0, Events.Count),
        };
        Events.Add(new SampleEvent(context, auditEvent.Raw.ToArray()));
    }
}
