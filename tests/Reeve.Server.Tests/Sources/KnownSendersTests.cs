using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Reeve.Audit;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Senders;
using Reeve.Server.State;

namespace Reeve.Server.Tests.Sources;

public sealed class KnownSendersTests : IDisposable
{
    private static readonly Sender Wire = new(IPAddress.Parse("2001:db8::7"), "cn\u0000\u202e", Tag: "audit");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sender_is_known_after_a_restart_with_its_last_event_and_no_rate()
    {
        var came = _time.GetUtcNow();
        await RunAsync((registry, _) => Add(registry, Identity("cp1"), 5));
        _time.Advance(TimeSpan.FromHours(3));

        await RunAsync((registry, _) =>
        {
            var status = Assert.Single(registry.Snapshot());
            Assert.Equal((Id("cp1"), "wire", "syslog", "default", "cp1"), (status.Id, status.Source, status.Kind, status.Cluster, status.Host));
            Assert.Equal(Wire, status.Sender);
            Assert.Equal((false, true), (status.IsMapped, status.IsAssignable));
            Assert.Equal((0, 5, 0.0, came), (status.Events, status.EventsInAll, status.EventsPerSecond, status.LastEvent));
            Add(registry, Identity("cp1"), 2);
        });
        await RunAsync((registry, _) => Assert.Equal(7, Assert.Single(registry.Snapshot()).EventsInAll));
    }

    [Fact]
    public async Task Sender_is_saved_before_the_end_too()
    {
        using var state = StateDatabase.Open(_folder["data"]);
        var registry = new SenderRegistry(_time);
        using var known = new KnownSenders(registry, state, _time, NullLogger<KnownSenders>.Instance);
        await known.StartAsync(Ct);
        Add(registry, Identity("cp1"), 5);

        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (registry.Unsaved().Changed.Count > 0)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            Assert.True(await poll.WaitForNextTickAsync(Ct));
        }

        Assert.Equal([5L], state.Read(connection => connection.Query("SELECT events FROM sender", row => row.GetInt64(0))));
        await known.StopAsync(Ct);
    }

    [Fact]
    public async Task Sender_that_is_forgotten_stays_so_over_a_restart()
    {
        await RunAsync((registry, _) =>
        {
            Add(registry, Identity("cp1"), 5);
            Add(registry, Identity("cp2"), 5);
        });
        await RunAsync((_, known) =>
        {
            Assert.True(known.Forget(Id("cp1"), "alice"));
            Assert.False(known.Forget("s0", "alice"));
        });
        await RunAsync((registry, _) => Assert.Equal("cp2", Assert.Single(registry.Snapshot()).Host));
    }

    [Fact]
    public async Task Sender_whose_cluster_the_configuration_names_since_is_one_sender()
    {
        await RunAsync((registry, _) => Add(registry, Identity("cp1"), 5));
        await RunAsync((registry, _) => Add(registry, Configured("cp1"), 1));
        await RunAsync((registry, _) => Assert.Equal(
            ("prod", 6, false), Assert.Single(registry.Snapshot()) is var only ? (only.Cluster, only.EventsInAll, only.IsAssignable) : default));
    }

    [Fact]
    public async Task Names_that_were_invented_do_not_fill_the_database()
    {
        for (var run = 0; run < 2; run++)
        {
            await RunAsync((registry, _) =>
            {
                for (var host = 0; host < SenderRegistry.Most + 200; host++)
                    Add(registry, Identity($"{run}-{host}"), 1);
            });
        }

        using var state = StateDatabase.Open(_folder["data"]);
        Assert.Equal([(long)SenderRegistry.Most], state.Read(connection => connection.Query("SELECT count(*) FROM sender", row => row.GetInt64(0))));
    }

    public void Dispose() => _folder.Dispose();

    private async Task RunAsync(Action<SenderRegistry, KnownSenders> work)
    {
        using var state = StateDatabase.Open(_folder["data"]);
        var registry = new SenderRegistry(_time);
        using var known = new KnownSenders(registry, state, _time, NullLogger<KnownSenders>.Instance);
        await known.StartAsync(Ct);
        work(registry, known);
        await known.StopAsync(Ct);
    }

    private void Add(SenderRegistry registry, SourceIdentity identity, int events) =>
        registry.Add(identity, new() { Events = events }, _time.GetUtcNow().UtcDateTime);

    private static string Id(string host) => SenderKey.Of(Identity(host)).Id();

    private static SourceIdentity Identity(string host) =>
        new("wire", "syslog", "default", host, TrustedProxies.None) { Sender = Wire with { Host = host }, IsAssignable = true };

    private static SourceIdentity Configured(string host) =>
        new("wire", "syslog", "prod", host, TrustedProxies.None) { Sender = Wire with { Host = host }, IsMapped = true };
}
