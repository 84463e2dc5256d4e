using System.Net;
using System.Net.Sockets;
using System.Text;
using Reeve.Audit;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Syslog;
using static Reeve.Server.Tests.Sources.Listening.ListeningHarness;

namespace Reeve.Server.Tests.Sources.Syslog;

/// <summary>Senders as they are, over real sockets.</summary>
public sealed class SyslogSourceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Relay_sends_for_several_hosts_in_both_framings_on_one_connection()
    {
        await using var harness = new SyslogHarness();
        var counted = Frame(Event("b"), "cp-2");

        await harness.SendAsync($"{Frame(Event("a"), "cp-1")}\n{counted.Length} {counted}{Frame(Event("c"), "cp-1")}\n{Event("d")}\n");

        var entries = await harness.ReadAsync(4);
        Assert.Equal(["cp-1", "cp-2", "cp-1", ""], entries.Select(entry => entry.Context.Host));
        Assert.Equal([Event("a"), Event("b"), Event("c"), Event("d")], entries.Select(entry => entry.Raw));
        Assert.All(entries, entry => Assert.Equal(Integrity.Whole, entry.Context.Integrity));
        var first = harness.Senders.Snapshot().Single(sender => sender.Host == "cp-1").Sender;
        Assert.Equal((IPAddress.Loopback, "audit"), (first.Peer, first.Tag));
        Assert.Empty(harness.Senders.Snapshot().SelectMany(sender => sender.Troubles));
    }

    [Fact]
    public async Task What_is_no_JSON_is_kept_as_unreadable()
    {
        await using var harness = new SyslogHarness();

        await harness.SendAsync($"{Frame("pam_unix(sshd:session): session opened")}\n\u0001\u0002\n{Frame(Event("a"))}\n");

        var entries = await harness.ReadAsync(3);
        Assert.Equal([Integrity.Unreadable, Integrity.Unreadable, Integrity.Whole], entries.Select(entry => entry.Context.Integrity));
        Assert.Equal("pam_unix(sshd:session): session opened", entries[0].Raw);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Half_frame_of_a_connection_that_ends_is_kept(bool isReset)
    {
        await using var harness = new SyslogHarness();
        using var other = await harness.ConnectAsync();
        var half = await harness.ConnectAsync();
        await SendAsync(half, $"{Frame(Event("a"))}\n{Frame(Event("b")[..^20])}");
        var entries = await harness.ReadAsync(1);

        half.LingerState = new(isReset, 0);
        half.Dispose();
        await SendAsync(other, Frame(Event("c")) + "\n");

        entries.AddRange(await harness.ReadAsync(2));
        Assert.Equal(
            [Integrity.Whole, Integrity.TruncatedBySender, Integrity.Whole],
            entries.OrderBy(entry => entry.Raw, StringComparer.Ordinal).Select(entry => entry.Context.Integrity));
        Assert.Equal(1, (await harness.TroubleAsync("connection-ended")).Count);
        Assert.Equal(1, harness.Senders.Snapshot().Sum(sender => sender.Cut));
    }

    [Fact]
    public async Task Last_event_without_line_break_is_no_trouble()
    {
        await using var harness = new SyslogHarness();

        await harness.SendAsync(Frame(Event("a")));

        Assert.Equal(Integrity.Whole, (await harness.ReadAsync(1))[0].Context.Integrity);
        await harness.StopAsync();
        Assert.Empty(harness.Senders.Snapshot().SelectMany(sender => sender.Troubles));
    }

    [Theory]
    [InlineData("9999999999")]
    [InlineData("999999999")]
    public async Task Length_that_cannot_be_is_told_and_nothing_behind_it_is_lost(string length)
    {
        await using var harness = new SyslogHarness();

        await harness.SendAsync($"{length} {Frame(Event("a"))}\n{Frame(Event("b"))}\n");

        var entries = await harness.ReadAsync(2);
        Assert.Equal([Event("a"), Event("b")], entries.Select(entry => entry.Raw));
        Assert.Equal(1, (await harness.TroubleAsync("bad-length")).Count);
    }

    [Fact]
    public async Task Of_20_MiB_without_a_line_break_the_beginning_is_kept_and_reading_goes_on()
    {
        await using var harness = new SyslogHarness();

        await harness.SendAsync($"{Frame(Event("a", 20 << 20))}\n{Frame(Event("b"))}\n");

        var entries = await harness.ReadAsync(2);
        Assert.Equal([Integrity.TruncatedByReeve, Integrity.Whole], entries.Select(entry => entry.Context.Integrity));
        Assert.Matches($"…reeve:cut:{Frame(Event("a", 20 << 20)).Length - (256 << 10)}:[0-9a-f]{{16}}$", entries[0].Raw);
    }

    [Fact]
    public async Task Sender_of_one_byte_at_a_time_is_read_and_holds_up_nobody()
    {
        await using var harness = new SyslogHarness();
        using var slow = await harness.ConnectAsync();
        using var quick = await harness.ConnectAsync();
        var frame = Encoding.UTF8.GetBytes(Frame(Event("slow")) + "\n");
        foreach (var part in frame[..^1])
            await slow.SendAsync(new[] { part }, Ct);

        await SendAsync(quick, Frame(Event("quick")) + "\n");
        Assert.Equal(Event("quick"), (await harness.ReadAsync(1))[0].Raw);

        await slow.SendAsync(frame.AsMemory(frame.Length - 1), Ct);
        Assert.Equal(Event("slow"), (await harness.ReadAsync(1))[0].Raw);
    }

    [Theory]
    [InlineData("z\u0078\u009cabc", "compressed")]
    [InlineData("12 z\u0078\u009cabc", "compressed")]
    [InlineData("\u0016\u0003\u0001\u0002", "tls")]
    public async Task Sender_that_compresses_or_speaks_TLS_is_told_so_and_closed(string text, string trouble)
    {
        await using var harness = new SyslogHarness();
        using var other = await harness.ConnectAsync();
        using var wrong = await harness.ConnectAsync();

        await wrong.SendAsync(Encoding.Latin1.GetBytes(text), Ct);

        Assert.True(await IsClosedAsync(wrong));
        Assert.Contains("the connection was closed", (await harness.TroubleAsync(trouble)).Message);
        await SendAsync(other, Frame(Event("a")) + "\n");
        await harness.ReadAsync(1);
    }

    [Fact]
    public async Task Sender_outside_the_trusted_networks_is_closed_counted_and_shown()
    {
        await using var harness = new SyslogHarness(options => options with { Trust = [IPNetwork.Parse("10.0.0.0/8")] });

        using var stranger = await harness.ConnectAsync();

        Assert.True(await IsClosedAsync(stranger));
        Assert.Contains("127.0.0.1", (await harness.TroubleAsync("not-trusted")).Message);
        await harness.WaitUntilAsync(() => harness.Registry.Snapshot().Single().Message!.Contains("1 closed at once", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Newest_of_too_many_connections_is_closed()
    {
        await using var harness = new SyslogHarness(options => options with { MaxConnections = 2 });
        using var first = await harness.ConnectAsync();
        using var second = await harness.ConnectAsync();

        using var third = await harness.ConnectAsync();

        Assert.True(await IsClosedAsync(third));
        Assert.Contains("2 are open already", (await harness.TroubleAsync("too-many-connections")).Message);
        await SendAsync(first, Frame(Event("a")) + "\n");
        await SendAsync(second, Frame(Event("b")) + "\n");
        await harness.ReadAsync(2);
    }

    [Fact]
    public async Task Port_that_is_taken_is_named()
    {
        await using var first = new SyslogHarness();
        var address = await first.ListenAsync();
        await using var second = new SyslogHarness(options => options with { Listen = new(address.Address, address.Port) });

        var failure = await Assert.ThrowsAsync<IOException>(() => second.Source.RunAsync(Ct));

        Assert.Equal($"another program listens on {address} already: stop it, or give the source another port in 'listen'", failure.Message);
        second.Source.Fail(failure.Message);
        Assert.Equal((SourceState.Failed, failure.Message), second.Registry.Snapshot().Select(status => (status.State, status.Message)).Single());
    }

    [Fact]
    public async Task Frame_that_is_on_its_way_when_the_server_stops_is_taken_whole()
    {
        await using var harness = new SyslogHarness(options => options with { Grace = TimeSpan.FromMinutes(1) });
        using var sender = await harness.ConnectAsync();
        await SendAsync(sender, $"{Frame(Event("a"))}\n{Frame(Event("b"))[..50]}");
        await harness.ReadAsync(1);

        var stopping = harness.StopAsync();
        await SendAsync(sender, $"{Frame(Event("b"))[50..]}\n");
        await stopping;

        Assert.Equal(Event("b"), (await harness.ReadAsync(1))[0].Raw);
    }

    [Fact]
    public async Task What_has_arrived_when_the_server_stops_is_taken()
    {
        using var isReading = new ManualResetEventSlim();
        using var goesOn = new ManualResetEventSlim();
        await using var harness = new SyslogHarness(options => options with
        {
            Grace = TimeSpan.FromMinutes(1),
            Identify = who =>
            {
                if (who.Host == "slow")
                {
                    isReading.Set();
                    goesOn.Wait(Ct);
                }

                return options.Identify(who);
            },
        });
        using var sender = await harness.ConnectAsync();
        await SendAsync(sender, Frame(Event("a"), "slow") + "\n");
        await harness.WaitUntilAsync(() => isReading.IsSet);

        await SendAsync(sender, Frame(Event("b")) + "\n");
        await harness.TellToStopAsync();
        goesOn.Set();
        await harness.StopAsync();

        Assert.Equal([Event("a"), Event("b")], (await harness.ReadAsync(2)).Select(entry => entry.Raw));
    }

    [Fact]
    public async Task Cluster_that_is_assigned_meanwhile_holds_from_the_next_frame_on()
    {
        await using var harness = new SyslogHarness();
        using var sender = await harness.ConnectAsync();
        await SendAsync(sender, Frame(Event("a")) + "\n");
        var before = await harness.ReadAsync(1);

        (harness.Cluster, harness.MapVersion) = ("prod", 1);
        await SendAsync(sender, Frame(Event("b")) + "\n");

        Assert.Equal(["default", "prod"], before.Concat(await harness.ReadAsync(1)).Select(entry => entry.Context.Cluster));
    }
}
