using Reeve.Audit;
using static Reeve.Server.Tests.Sources.Listening.ListeningHarness;

namespace Reeve.Server.Tests.Sources.Syslog;

/// <summary>Events that a daemon on the way cut or split.</summary>
public sealed class SyslogCutTests
{
    private const int RsyslogDefault = 8_096;

    [Theory]
    [InlineData(8_096, "Frames from host vm end at 8,096 bytes: rsyslog's $MaxMessageSize.")]
    [InlineData(8_192, "Frames from host vm end at 8,192 bytes: rsyslog's $MaxMessageSize or syslog-ng's log-msg-size().")]
    [InlineData(65_536, "Frames from host vm end at 65,536 bytes: rsyslog's $MaxMessageSize or syslog-ng's log-msg-size().")]
    [InlineData(10_000, "An event from host vm arrived without its end, after 10,000 bytes.")]
    public async Task Cut_event_is_kept_and_the_setting_that_cut_it_is_named(int limit, string message)
    {
        await using var harness = new SyslogHarness();

        await harness.SendAsync($"{Frame(Event("a", 100_000))[..limit]}\n{Frame(Event("b"))}\n");

        var entries = await harness.ReadAsync(2);
        Assert.Equal([Integrity.TruncatedBySender, Integrity.Whole], entries.Select(entry => entry.Context.Integrity));
        var trouble = await harness.TroubleAsync("cut-by-sender");
        Assert.Equal(message, trouble.Message);
        Assert.Contains("`$MaxMessageSize 2m` first", trouble.Advice);
        Assert.Equal(1, trouble.Count);
    }

    [Fact]
    public async Task Whole_event_of_just_that_size_is_no_trouble()
    {
        await using var harness = new SyslogHarness();
        var header = Frame("").Length;

        await harness.SendAsync($"{Frame(Event("a", RsyslogDefault - header))}\n");

        Assert.Equal(Integrity.Whole, (await harness.ReadAsync(1))[0].Context.Integrity);
        await harness.StopAsync();
        Assert.Empty(harness.Senders.Snapshot().SelectMany(sender => sender.Troubles));
    }

    [Fact]
    public async Task Pieces_of_a_split_event_are_fragments_and_the_next_event_is_whole()
    {
        await using var harness = new SyslogHarness();
        var whole = Event("a", 20_000);
        var room = RsyslogDefault - Frame("").Length;

        await harness.SendAsync(
            $"{Frame(whole[..room])}\n{Frame("other", "elsewhere")}\n{Frame(whole[room..(2 * room)])}\n{Frame(whole[(2 * room)..])}\n{Frame(Event("b"))}\n{Frame("no event")}\n");

        var entries = await harness.ReadAsync(6);
        Assert.Equal(
            [Integrity.TruncatedBySender, Integrity.Unreadable, Integrity.Fragment, Integrity.Fragment, Integrity.Whole, Integrity.Unreadable],
            entries.Select(entry => entry.Context.Integrity));
        Assert.Equal(2, (await harness.TroubleAsync("split-by-sender")).Count);
    }

    [Fact]
    public async Task What_a_count_of_characters_leaves_over_is_a_fragment_of_the_event_before_it()
    {
        await using var harness = new SyslogHarness();
        var frame = Frame(Event("a"));

        await harness.SendAsync($"{frame.Length - 4} {frame}\n{Frame(Event("b"))}\n");

        var entries = await harness.ReadAsync(3);
        Assert.Equal([Integrity.TruncatedBySender, Integrity.Fragment, Integrity.Whole], entries.Select(entry => entry.Context.Integrity));
        Assert.All(entries, entry => Assert.Equal("vm", entry.Context.Host));
    }
}
