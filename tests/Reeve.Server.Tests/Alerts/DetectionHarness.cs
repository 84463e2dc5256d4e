using System.Diagnostics.Metrics;
using System.Net;
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
using Reeve.Server.Alerts;
using Reeve.Server.Alerts.Rules;
using Reeve.Server.State;

namespace Reeve.Server.Tests.Alerts;

/// <summary>Detection on a real journal and state database, whose process can be killed.</summary>
internal sealed class DetectionHarness : IAsyncDisposable
{
    /// <summary>When the first events happen.</summary>
    public static readonly DateTime Noon = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    private const string Rules =
        """
        title: Secret read
        name: read
        id: 10000000-0000-0000-0000-000000000001
        level: medium
        logsource: {product: kubernetes, service: audit}
        detection: {read: {objectRef.resource: secrets, verb: get}, condition: read}
        ---
        title: Many secrets
        id: 10000000-0000-0000-0000-000000000002
        level: high
        correlation: {type: value_count, rules: [read], group-by: [user.username], timespan: 5m, generate: true, condition: {field: objectRef.name, gte: 3}}
        ---
        title: Nobody came back
        id: 10000000-0000-0000-0000-000000000003
        level: low
        correlation: {type: event_count, rules: [read], group-by: [user.username], timespan: 2m, generate: true, condition: {lt: 2}}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly DetectionMetrics _metrics;
    private readonly DetectionLimits _limits;
    private readonly StateDatabase _state;
    private readonly RuleBook _rules;

    public DetectionHarness(DetectionLimits? limits = null, string rules = Rules)
    {
        _limits = limits ?? new DetectionLimits();
        WriteRules(rules);
        _rules = new RuleBook([_folder["rules"]], [], withShipped: false);
        Journal = Journal.Open(new JournalOptions { Folder = _folder["journal"] });
        _state = StateDatabase.Open(_folder["data"]);
        _metrics = new DetectionMetrics(_services.GetRequiredService<IMeterFactory>());
        Reads = new AlertReads(_state, "01234567");
        Follower = Start();
    }

    public Journal Journal { get; private set; }

    public AlertReads Reads { get; }

    public DetectionFollower Follower { get; private set; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(Noon.AddHours(12)));

    public StateDatabase State => _state;

    public DetectionStateStore Saved => new(_state);

    /// <summary>All that is known of every alert, as texts to compare.</summary>
    public IEnumerable<string> Alerts => Reads.List(new AlertQuery { Limit = AlertQuery.MostRows }).Alerts.Select(alert => Reads.Find(alert.Id)!).Select(found =>
        $"{found.Alert.Id} {found.Alert.Title} {found.Alert.Cluster} {found.Alert.Actor} {found.Alert.Object} {found.Alert.First:O} {found.Alert.Last:O} {found.Alert.Count} '{found.Alert.Summary}' "
        + string.Join(' ', found.Values.Select(pair => $"{pair.Key}={string.Join(',', pair.Value)}")) + " " + string.Join(' ', found.Events.Select(one => one.Id))).Order(StringComparer.Ordinal);

    /// <summary>Changes the rule file; a running follower takes it at its next step.</summary>
    public void WriteRules(string rules)
    {
        _folder.Write("rules/rules.yml", rules);
        _rules?.Refresh();
    }

    /// <summary>Journals that somebody read a secret.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="name">Which secret.</param>
    /// <param name="seconds">When, after <see cref="Noon"/>.</param>
    public async Task AddAsync(string actor, string name, double seconds)
    {
        var time = Noon.AddSeconds(seconds);
        var raw = Encoding.UTF8.GetBytes(
            $$"""{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"{{actor}}-{{name}}-{{seconds}}","stage":"ResponseComplete","requestURI":"/x","verb":"get","user":{"username":"{{actor}}"},"objectRef":{"resource":"secrets","namespace":"shop","name":"{{name}}"},"responseStatus":{"code":200},"requestReceivedTimestamp":"{{time:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}","stageTimestamp":"{{time:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}"}""");
        var parsed = new AuditEvent();
        new EventRestorer().Restore(raw, parsed);
        var context = new EventContext
        {
            Received = Noon.AddHours(12),
            Time = time,
            Day = DateOnly.FromDateTime(time),
            Cluster = "prod",
            Source = "hook",
            Ip = IPAddress.Parse("10.0.0.9"),
            Primary = true,
            RequestKey = EventIdentity.RequestKey("prod", parsed),
        };
        using var batch = new JournalBatch();
        EventEntry.Write(batch.BeginEntry(), context, raw);
        batch.EndEntry();
        var appended = await Journal.AppendAsync(batch, TestContext.Current.CancellationToken);
        await Journal.WaitDurableAsync(appended.End, TestContext.Current.CancellationToken);
    }

    /// <summary>Lets the follower judge everything there is.</summary>
    public void Follow()
    {
        while (Follower.Step())
        {
        }
    }

    /// <summary>Ends the process without a word and starts it again.</summary>
    public void Kill()
    {
        Follower.Dispose();
        Follower = Start();
    }

    /// <summary>Starts with an empty journal, as where its folder was lost.</summary>
    public async Task LoseJournalAsync()
    {
        Follower.Dispose();
        await Journal.DisposeAsync();
        Journal = Journal.Open(new JournalOptions { Folder = _folder["another"] });
        Follower = Start();
    }

    public async ValueTask DisposeAsync()
    {
        Follower.Dispose();
        _metrics.Dispose();
        await Journal.DisposeAsync();
        _state.Dispose();
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private DetectionFollower Start()
    {
        var follower = new DetectionFollower(
            Journal, Journal.OpenCursor("detection"), Saved, new AlertStore(_state, Time, NullLogger<AlertStore>.Instance), _rules, _metrics, _limits, Time,
            NullLogger<DetectionFollower>.Instance);
        follower.Begin();
        return follower;
    }
}
