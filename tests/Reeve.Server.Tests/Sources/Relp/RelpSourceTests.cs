using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Reeve.Audit;
using static Reeve.Server.Tests.Sources.Listening.ListeningHarness;

namespace Reeve.Server.Tests.Sources.Relp;

/// <summary>Senders as librelp is one, over real sockets.</summary>
public sealed class RelpSourceTests
{
    private const string Offers = "relp_version=0\nrelp_software=librelp,1.11.0,http://librelp.adiscon.com\ncommands=syslog\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_is_opened_acknowledged_in_order_and_closed()
    {
        await using var harness = new RelpHarness();
        using var sender = await harness.ConnectAsync();

        await SendAsync(sender, Command(1, "open", Offers));
        Assert.Equal("1 rsp 57 200 OK\nrelp_version=0\nrelp_software=reeve\ncommands=syslog\n", await ReceiveAsync(sender, 1));
        await SendAsync(sender, Message(2, "a") + Message(3, "b"));
        Assert.Equal("2 rsp 6 200 OK\n3 rsp 6 200 OK\n", await ReceiveAsync(sender, 2));
        Assert.Equal(2, harness.Fsynced);
        await SendAsync(sender, "4 close 0\n");
        Assert.Equal("4 rsp 6 200 OK\n0 serverclose 0\n", await ReceiveAsync(sender, 2));

        Assert.True(await IsClosedAsync(sender));
        var entries = await harness.ReadAsync(2);
        Assert.Equal([Event("a"), Event("b")], entries.Select(entry => entry.Raw));
        Assert.Equal(["vm", "vm"], entries.Select(entry => entry.Context.Host));
        Assert.Equal("audit", harness.Senders.Snapshot().Single(one => one.Host == "vm").Sender.Tag);
        Assert.Empty(harness.Senders.Snapshot().SelectMany(one => one.Troubles));
    }

    [Fact]
    public async Task What_is_acknowledged_is_fsynced_and_a_second_delivery_is_no_second_event()
    {
        await using var harness = new RelpHarness();
        using var sender = await OpenAsync(harness);
        for (var number = 2; number < 300; number++)
        {
            await SendAsync(sender, Message(number, $"a-{number}"));
            await ReceiveAsync(sender, 1);
            Assert.Equal(number - 1, harness.Fsynced);
        }

        using var again = await OpenAsync(harness);
        await SendAsync(again, Message(2, "a-2") + Message(3, "new"));
        Assert.Equal("2 rsp 6 200 OK\n3 rsp 6 200 OK\n", await ReceiveAsync(again, 2));

        Assert.Equal(Event("new"), (await harness.ReadAsync(299))[^1].Raw);
    }

    [Fact]
    public async Task Half_a_message_of_a_connection_that_ends_is_not_kept_because_it_comes_again()
    {
        await using var harness = new RelpHarness();
        using (var sender = await OpenAsync(harness))
            await SendAsync(sender, Message(2, "a") + Message(3, "b")[..^30]);
        var first = await harness.ReadAsync(1);

        using var again = await OpenAsync(harness);
        await SendAsync(again, Message(2, "b"));

        Assert.Equal([Event("a"), Event("b")], first.Concat(await harness.ReadAsync(1)).Select(entry => entry.Raw));
        Assert.Empty(harness.Senders.Snapshot().SelectMany(one => one.Troubles));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", "not-relp")]
    [InlineData("\u0016\u0003\u0001\u0002", "tls")]
    [InlineData("1 open 999999999 x", "bad-length")]
    public async Task Sender_of_something_else_is_told_so_and_closed(string text, string trouble)
    {
        await using var harness = new RelpHarness();
        using var other = await OpenAsync(harness);
        using var wrong = await harness.ConnectAsync();

        await wrong.SendAsync(Encoding.Latin1.GetBytes(text), Ct);

        Assert.True(await IsClosedAsync(wrong));
        Assert.Contains("127.0.0.1", (await harness.TroubleAsync(trouble)).Message, StringComparison.Ordinal);
        await SendAsync(other, Message(2, "a"));
        Assert.Equal("2 rsp 6 200 OK\n", await ReceiveAsync(other, 1));
    }

    [Fact]
    public async Task Message_before_the_session_is_open_is_refused_and_not_taken()
    {
        await using var harness = new RelpHarness();
        using var sender = await harness.ConnectAsync();

        await SendAsync(sender, Message(1, "a"));

        Assert.Equal("1 rsp 27 500 the session is not open\n", await ReceiveAsync(sender, 1));
        Assert.True(await IsClosedAsync(sender));
        Assert.Equal(0, harness.Fsynced);
    }

    [Fact]
    public async Task Command_that_is_not_known_is_refused_and_the_session_goes_on()
    {
        await using var harness = new RelpHarness();
        using var sender = await OpenAsync(harness);

        await SendAsync(sender, "2 starttls 0\n" + Message(3, "a"));

        Assert.Equal("2 rsp 29 500 this command is not known\n3 rsp 6 200 OK\n", await ReceiveAsync(sender, 2));
    }

    [Fact]
    public async Task Event_of_20_MiB_is_acknowledged_with_its_beginning_kept()
    {
        await using var harness = new RelpHarness();
        using var sender = await OpenAsync(harness);

        await SendAsync(sender, Message(2, "a", 20 << 20) + Message(3, "b"));

        Assert.Equal("2 rsp 6 200 OK\n3 rsp 6 200 OK\n", await ReceiveAsync(sender, 2));
        Assert.Equal([Integrity.TruncatedByReeve, Integrity.Whole], (await harness.ReadAsync(2)).Select(entry => entry.Context.Integrity));
    }

    [Fact]
    public async Task Senders_are_told_when_the_server_ends()
    {
        await using var harness = new RelpHarness();
        using var sender = await OpenAsync(harness);

        await harness.StopAsync();

        Assert.Equal("0 serverclose 0\n", await ReceiveAsync(sender, 1));
        Assert.True(await IsClosedAsync(sender));
    }

    private static async Task<Socket> OpenAsync(RelpHarness harness)
    {
        var sender = await harness.ConnectAsync();
        await SendAsync(sender, Command(1, "open", Offers));
        await ReceiveAsync(sender, 1);
        return sender;
    }

    private static string Command(int transaction, string command, string data) =>
        string.Create(CultureInfo.InvariantCulture, $"{transaction} {command} {data.Length} {data}\n");

    private static string Message(int transaction, string auditId, int size = 0) => Command(transaction, "syslog", Frame(Event(auditId, size)));

    // Answers end where the bytes that were announced do.
    private static async Task<string> ReceiveAsync(Socket socket, int answers)
    {
        var text = new StringBuilder();
        for (var answer = 0; answer < answers; answer++)
        {
            var header = "";
            while (!header.EndsWith('\n') && header.Count(each => each == ' ') < 3)
                header += await ReceiveOneAsync(socket);
            text.Append(header);
            if (header.EndsWith('\n'))
                continue;
            for (var left = int.Parse(header.Split(' ')[2], CultureInfo.InvariantCulture) + 1; left > 0; left--)
                text.Append(await ReceiveOneAsync(socket));
        }

        return text.ToString();
    }

    private static async Task<char> ReceiveOneAsync(Socket socket)
    {
        var one = new byte[1];
        Assert.Equal(1, await socket.ReceiveAsync(one, Ct));
        return (char)one[0];
    }
}
