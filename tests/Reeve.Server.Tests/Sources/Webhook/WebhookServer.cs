using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Journaling;
using Reeve.Server.Security;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Webhook;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Sources.Webhook;

/// <summary>A real server on loopback whose webhook takes events, and what is in its journal.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    public const string Cluster = "prod";

    private readonly Dictionary<string, HttpClient> _senders = new(StringComparer.Ordinal);
    private readonly LogSink _log;

    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly MeterListener _meters = new();

    private WebhookServer(RunningServer server, LogSink log)
    {
        (Server, _log) = (server, log);
        // Not /metrics: it counts what all servers of the process do, those of other tests too.
        var own = server.Services.GetRequiredService<IMeterFactory>();
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is Counter<long> && ReferenceEquals(instrument.Meter.Scope, own))
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            var labels = string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}=\"{tag.Value}\""));
            _counts.AddOrUpdate($"{instrument.Name.Replace('.', '_')}_total{{{labels}}}", count, (_, before) => before + count);
        });
        _meters.Start();
    }

    public RunningServer Server { get; }

    /// <summary>Everything that was logged, with exceptions.</summary>
    public string Log => string.Join('\n', _log.Lines);

    public static async Task<WebhookServer> StartAsync(WebhookOptions? options = null, bool open = true)
    {
        var log = new LogSink();
        var server = await RunningServer.StartAsync(services =>
        {
            services.AddSingleton(options ?? new());
            services.AddLogging(logging => logging.AddProvider(log));
        });
        var webhook = new WebhookServer(server, log);
        if (open)
            await webhook.OpenAsync();
        return webhook;
    }

    /// <summary>Waits until the sources have started; no store is there, so the clock must pass what is waited for one.</summary>
    public async Task OpenAsync()
    {
        var gate = Server.Services.GetRequiredService<WebhookGate>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!gate.WhenOpen().IsCompleted)
        {
            Server.Time.Advance(TimeSpan.FromSeconds(31));
            await poll.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>Makes a token for a cluster.</summary>
    public string Token(string cluster = Cluster) =>
        Server.Services.GetRequiredService<TokenStore>().Create("apiserver", Role.Source, "test", expires: null, cluster).Secret;

    /// <summary>A client that sends a token of the cluster.</summary>
    public HttpClient Sender(string cluster = Cluster)
    {
        lock (_senders)
        {
            if (!_senders.TryGetValue(cluster, out var client))
            {
                _senders[cluster] = client = Server.Client();
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(cluster));
            }

            return client;
        }
    }

    /// <summary>Sends a body.</summary>
    public async Task<WebhookAnswer> PostAsync(byte[] body, string cluster = Cluster, string host = "", string? encoding = null, string? type = "application/json")
    {
        using var content = new ByteArrayContent(body);
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using var response = await Sender(cluster).PostAsync(Path(cluster, host), content, TestContext.Current.CancellationToken);
        return await WebhookAnswer.ReadAsync(response);
    }

    public static string Path(string cluster, string host = "") =>
        $"/api/v1/sources/kubernetes/{cluster}{(host.Length > 0 ? "/" : "")}{host}?timeout=30s";

    /// <summary>Every event in the journal: what its source stamped on it, and its JSON.</summary>
    public List<(EventContext Context, string Raw)> Stored(string? cluster = null)
    {
        var stored = new List<(EventContext, string)>();
        using var reader = Server.Services.GetRequiredService<Journal>().Read(0);
        while (reader.TryRead(out var entry))
        {
            Assert.True(EventEntry.TryRead(entry.Payload, out var context, out var raw));
            if (cluster is null || context.Cluster == cluster)
                stored.Add((context, Encoding.UTF8.GetString(raw.Span)));
        }

        return stored;
    }

    /// <summary>What the Sources page knows of the cluster's senders.</summary>
    public SenderStatus Status(string cluster = Cluster) =>
        Assert.Single(Server.Services.GetRequiredService<SenderRegistry>().Snapshot(), sender => sender.Cluster == cluster);

    /// <summary>A counter under its name in <c>/metrics</c>, all its series together.</summary>
    public long Metric(string series) => _counts.Where(count => count.Key.StartsWith(series, StringComparison.Ordinal)).Sum(count => count.Value);

    public async ValueTask DisposeAsync()
    {
        _meters.Dispose();
        foreach (var sender in _senders.Values)
            sender.Dispose();
        await Server.DisposeAsync();
    }

    private sealed class LogSink : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

/// <summary>What the webhook answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Detail">The detail of its problem; empty where it is none.</param>
/// <param name="Events">How many events it took; 0 with a problem.</param>
/// <param name="RetryAfter">Seconds; null where it does not say.</param>
internal sealed record WebhookAnswer(int Status, string Detail, int Events, double? RetryAfter)
{
    public static async Task<WebhookAnswer> ReadAsync(HttpResponseMessage response)
    {
        var (status, text) = ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var answer = JsonElement.Parse(text);
        if (status == 200)
            return new(status, "", answer.GetProperty("events").GetInt32(), null);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, answer.GetProperty("status").GetInt32());
        var detail = answer.GetProperty("detail").GetString()!;
        Assert.DoesNotContain('\n', detail);
        return new(status, detail, 0, response.Headers.RetryAfter?.Delta?.TotalSeconds);
    }
}
