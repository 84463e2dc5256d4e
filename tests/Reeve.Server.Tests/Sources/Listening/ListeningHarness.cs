using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Journaling;
using Reeve.Server.Configuration;
using Reeve.Server.Pipeline;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Listening;
using Reeve.Server.Telemetry;

namespace Reeve.Server.Tests.Sources.Listening;

/// <summary>A source that listens on a free port of loopback, and a real journal.</summary>
internal abstract class ListeningHarness : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly CancellationTokenSource _stop = new();
    private readonly Journal _journal;
    private readonly JournalReader _reader;
    private readonly Task _running;

    protected ListeningHarness(
        string type, Func<ListeningOptions, EventPipeline, SenderRegistry, Func<ByteChannel, Sender, IConnection>> connect, Func<ListeningOptions, ListeningOptions>? with)
    {
        _journal = Journal.Open(new() { Folder = _folder["journal"] });
        _reader = _journal.Read(0);
        Senders = new(TimeProvider.System);
        var pipeline = new EventPipeline(
            _journal, Key, DeclaredPaths.None, Limits, TimeSpan.FromDays(400), new RecentEvents(100_000), Senders, new(),
            new ReeveMetrics(_services.GetRequiredService<IMeterFactory>()), TimeProvider.System);
        var options = new ListeningOptions
        {
            Name = type,
            Protocol = type,
            Listen = new(IPAddress.Loopback, 0),
            Identify = sender => new(type, type, Cluster, sender.Host, TrustedProxies.None) { Sender = sender },
            MapVersion = () => MapVersion,
            ReportEvery = TimeSpan.FromMilliseconds(5),
        };
        options = with?.Invoke(options) ?? options;
        Source = new(
            options, connect(options, pipeline, Senders), new(Senders), new(() => options.Identify(Sender.Unknown), Registry, Senders, _journal),
            TimeProvider.System, NullLogger<ListeningSource>.Instance);
        _running = Task.Run(() => Source.RunAsync(_stop.Token));
    }

    protected static ScrubKey Key { get; } = new(new byte[32]);

    protected static EventLimits Limits { get; } = new();

    /// <summary>How many events are fsynced; the journal's first position is 1.</summary>
    public int Fsynced => (int)_journal.DurableEnd - 1;

    public SourceRegistry Registry { get; } = new();

    public SenderRegistry Senders { get; }

    public ListeningSource Source { get; }

    /// <summary>The cluster of everybody from now on; change <see cref="MapVersion"/> with it.</summary>
    public string Cluster { get; set; } = "default";

    public long MapVersion { get; set; }

    public async Task<IPEndPoint> ListenAsync()
    {
        var listen = "";
        await WaitUntilAsync(() => (listen = Registry.Snapshot().SingleOrDefault()?.Listen ?? "").Length > 0);
        return IPEndPoint.Parse(listen);
    }

    public async Task<Socket> ConnectAsync()
    {
        var address = await ListenAsync();
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Opens a connection, sends, and ends it.</summary>
    public async Task SendAsync(string text)
    {
        using var socket = await ConnectAsync();
        await SendAsync(socket, text);
    }

    public static async Task SendAsync(Socket socket, string text)
    {
        ReadOnlyMemory<byte> rest = Encoding.UTF8.GetBytes(text);
        while (!rest.IsEmpty)
            rest = rest[await socket.SendAsync(rest, TestContext.Current.CancellationToken)..];
    }

    /// <summary>Whether the other end has closed the connection.</summary>
    public static async Task<bool> IsClosedAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>The next entries, in the order of the journal.</summary>
    public async Task<List<(EventContext Context, string Raw)>> ReadAsync(int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        var entries = new List<(EventContext, string)>();
        while (entries.Count < count)
        {
            if (_reader.TryRead(out var entry))
            {
                Assert.True(EventEntry.TryRead(entry.Payload, out var context, out var raw));
                entries.Add((context, Encoding.UTF8.GetString(raw.Span)));
            }
            else
            {
                Assert.True(await _reader.WaitToReadAsync(patience.Token), $"only {entries.Count} entries of {count}");
            }
        }

        return entries;
    }

    /// <summary>Waits for a trouble of some sender.</summary>
    public async Task<SenderTrouble> TroubleAsync(string code)
    {
        SenderTrouble? found = null;
        await WaitUntilAsync(() => (found = Senders.Snapshot().SelectMany(sender => sender.Troubles).FirstOrDefault(trouble => trouble.Code == code)) is not null);
        return found!;
    }

    public async Task WaitUntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!condition())
        {
            Assert.False(_running.IsFaulted, _running.Exception?.ToString());
            await poll.WaitForNextTickAsync(patience.Token);
        }
    }

    public Task TellToStopAsync() => _stop.CancelAsync();

    public async Task StopAsync()
    {
        await TellToStopAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _reader.Dispose();
        await _journal.DisposeAsync();
        await _services.DisposeAsync();
        _stop.Dispose();
        _folder.Dispose();
    }

    /// <summary>An event of so many bytes.</summary>
    public static string Event(string auditId, int size = 0)
    {
        var start = $$"""{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"{{auditId}}","stage":"ResponseComplete","verb":"get","userAgent":" """.TrimEnd();
        return start + new string('x', Math.Max(1, size - start.Length - 2)) + "\"}";
    }

    /// <summary>A frame as rsyslog forwards it, without its line break.</summary>
    public static string Frame(string message, string host = "vm") => $"<182>Nov 23 03:00:46 {host} audit: {message}";
}
