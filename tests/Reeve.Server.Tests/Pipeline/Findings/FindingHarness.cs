using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Audit.Reading;
using Reeve.Audit.Requests;
using Reeve.Audit.Scrubbing;
using Reeve.Journaling;
using Reeve.Server.Pipeline;
using Reeve.Server.Pipeline.Findings;
using Reeve.Server.State;

namespace Reeve.Server.Tests.Pipeline.Findings;

/// <summary>A follower on a real journal and state database, whose process can be killed.</summary>
internal sealed class FindingHarness : IAsyncDisposable
{
    /// <summary>When the first events happen.</summary>
    public static readonly DateTime Noon = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FindingLimits _limits;
    private readonly StateDatabase _state;
    private readonly FindingMetrics _metrics;
    private readonly HashSet<UInt128> _answered = [];
    private readonly MeterListener _meters = new();
    private readonly Dictionary<string, long> _counted = new(StringComparer.Ordinal);
    private FindingFollower _follower;

    public FindingHarness(FindingLimits? limits = null)
    {
        _limits = limits ?? new FindingLimits();
        Journal = Journal.Open(new JournalOptions { Folder = _folder["journal"] });
        _state = StateDatabase.Open(_folder["data"]);
        var meters = _services.GetRequiredService<IMeterFactory>();
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            // Other tests run beside this one.
            if (ReferenceEquals(instrument.Meter.Scope, meters))
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, count, _, _) => _counted[instrument.Name] = _counted.GetValueOrDefault(instrument.Name) + count);
        _meters.Start();
        _metrics = new FindingMetrics(meters);
        Store = new MemoryFindings(Journal);
        _follower = Start();
    }

    public Journal Journal { get; }

    public MemoryFindings Store { get; }

    public InputEnds Ends { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(Noon.AddHours(12)));

    /// <summary>The URIs of the orphans, in order.</summary>
    public string Orphans => string.Join(' ', Store.All.Where(finding => finding.Kind == "orphan").Select(Uri).Order(StringComparer.Ordinal));

    /// <summary>What a counter has counted.</summary>
    public long Counted(string name) => _counted.GetValueOrDefault(name);

    /// <summary>Journals a stage of the request of a URI.</summary>
    /// <param name="uri">Which request.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="seconds">When, after <see cref="Noon"/>.</param>
    /// <param name="lane">Its source, cluster, host and file.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="integrity">How much of it arrived.</param>
    /// <param name="received">When it was received, after <see cref="Noon"/>; half a day later where left out.</param>
    public async Task AddAsync(
        string uri, string stage, double seconds, LaneKey? lane = null, string verb = "patch", Integrity integrity = Integrity.Whole, double? received = null)
    {
        var key = lane ?? new LaneKey("hook", "prod", "cp-1", 0);
        var raw = Raw(uri, stage, verb, integrity);
        var parsed = new AuditEvent();
        new EventRestorer().Restore(raw, parsed);
        var request = EventIdentity.RequestKey(key.Cluster, parsed);
        var context = new EventContext
        {
            Received = received is { } after ? Noon.AddSeconds(after) : Noon.AddHours(12),
            Time = Noon.AddSeconds(seconds),
            Day = DateOnly.FromDateTime(Noon),
            Cluster = key.Cluster,
            Source = key.Source,
            Host = key.Host,
            Origin = new RecordOrigin(key.Stream, 1, 1),
            Integrity = integrity,
            Primary = integrity != Integrity.Unreadable && parsed.IsResponse && _answered.Add(request),
            RequestKey = request,
        };
        using var batch = new JournalBatch();
        EventEntry.Write(batch.BeginEntry(), context, raw);
        batch.EndEntry();
        var appended = await Journal.AppendAsync(batch, TestContext.Current.CancellationToken);
        await Journal.WaitDurableAsync(appended.End, TestContext.Current.CancellationToken);
    }

    /// <summary>Journals a request and its answer, so that the source is known to log both.</summary>
    public async Task AddAnsweredAsync(double seconds, LaneKey? lane = null)
    {
        var uri = $"/served/{seconds.ToString(CultureInfo.InvariantCulture)}";
        await AddAsync(uri, "RequestReceived", seconds, lane);
        await AddAsync(uri, "ResponseComplete", seconds, lane);
    }

    /// <summary>A file source has read everything.</summary>
    public void Reach(string source, params (long Stream, DateTime Written)[] files) =>
        Ends.Reach(source, new InputEnd(Journal.DurableEnd, files.ToDictionary(file => file.Stream, file => file.Written)));

    /// <summary>Lets the follower look at everything there is.</summary>
    public async Task FollowAsync()
    {
        while (await StepAsync())
        {
        }
    }

    /// <summary>Lets it look at some.</summary>
    public async Task<bool> StepAsync()
    {
        var step = _follower.StepAsync(TestContext.Current.CancellationToken);
        while (!step.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await step;
    }

    /// <summary>Ends the process without a word and starts it again.</summary>
    public void Kill()
    {
        _follower.Dispose();
        _follower = Start();
    }

    public async ValueTask DisposeAsync()
    {
        _follower.Dispose();
        _meters.Dispose();
        _metrics.Dispose();
        await Journal.DisposeAsync();
        _state.Dispose();
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private FindingFollower Start()
    {
        var follower = new FindingFollower(
            Journal, Journal.OpenCursor("findings"), () => Journal.DurableEnd, new FindingStateStore(_state, _limits), Store, Ends, _metrics, "3f9a2c1e",
            _limits, Time, NullLogger.Instance);
        follower.Begin();
        return follower;
    }

    private static string Uri(Store.Findings.Finding finding) => System.Text.Json.JsonDocument.Parse(finding.Detail).RootElement.GetProperty("uri").GetString()!;

    // The answer's body is what relays cut, and the time of the request stands behind it.
    private static byte[] Raw(string uri, string stage, string verb, Integrity integrity)
    {
        if (integrity == Integrity.Unreadable)
            return Encoding.UTF8.GetBytes("no event " + uri);
        var head = $$"""{"kind":"Event","auditID":"{{uri}}","stage":"{{stage}}","requestURI":"{{uri}}","verb":"{{verb}}","objectRef":{"resource":"pods"}""";
        return Encoding.UTF8.GetBytes(head + (integrity == Integrity.TruncatedBySender
            ? ",\"responseObject\":{\"a\":"
            : ",\"requestReceivedTimestamp\":\"2026-11-23T12:00:00.000000Z\"}"));
    }
}
