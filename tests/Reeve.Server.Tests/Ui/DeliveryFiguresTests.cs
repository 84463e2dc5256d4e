using Reeve.Server.Sources;
using Reeve.Server.Ui.Overview;

namespace Reeve.Server.Tests.Ui;

public sealed class DeliveryFiguresTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Senders_count_and_so_do_sources_nothing_came_from()
    {
        var figures = DeliveryFigures.Of(
            [Source("syslog"), Source("audit.log")], [Sender("syslog", "a", "n1"), Sender("syslog", "a", "n2")], cluster: null, Now);

        Assert.Equal((3, 3, 20d), (figures.Healthy, figures.Count, figures.EventsPerSecond));
        Assert.Null(figures.Trouble);
    }

    [Fact]
    public void Only_the_chosen_cluster_counts()
    {
        var figures = DeliveryFigures.Of([Source("syslog")], [Sender("syslog", "a", "n1"), Sender("syslog", "b", "n2")], "b", Now);

        Assert.Equal((1, 10d), (figures.Count, figures.EventsPerSecond));
    }

    [Fact]
    public void A_trouble_counts_while_it_is_new()
    {
        var cut = new SenderTrouble("cut-by-sender", "n1 cuts events", "Raise it.", 1, Now.AddMinutes(-1));
        var sender = Sender("syslog", "a", "n1") with { Troubles = [cut] };

        var figures = DeliveryFigures.Of([Source("syslog")], [sender], null, Now);
        Assert.Equal((0, 1, "n1 cuts events"), (figures.Healthy, figures.Count, figures.Trouble));
        Assert.Equal(1, DeliveryFigures.Of([Source("syslog")], [sender], null, Now.AddHours(1)).Healthy);
    }

    [Fact]
    public void The_slowest_of_those_that_deliver_now_is_named()
    {
        var figures = DeliveryFigures.Of([Source("syslog")],
        [
            Sender("syslog", "a", "n1") with { Lag = TimeSpan.FromSeconds(2) },
            Sender("syslog", "a", "n2") with { Lag = TimeSpan.FromSeconds(40) },
            Sender("syslog", "a", "n3") with { Lag = TimeSpan.FromHours(9), LastEvent = Now.AddHours(-1) },
        ], null, Now);

        Assert.Equal(("n2", TimeSpan.FromSeconds(40)), (figures.Slowest, figures.Lag));
    }

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(59.6, "60 s")]
    [InlineData(140, "2 min")]
    [InlineData(9000, "2.5 h")]
    [InlineData(4 * 86400, "4 d")]
    public void Times_are_said_in_a_few_characters(double seconds, string words) => Assert.Equal(words, DeliveryFigures.Words(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.4, "0.4")]
    [InlineData(9.96, "10")]
    [InlineData(4218.4, "4,218")]
    public void Rates_are_said_in_a_few_characters(double rate, string words) => Assert.Equal(words, DeliveryFigures.Words(rate));

    private static SourceStatus Source(string name) => new(name, "syslog", "a", SourceState.Following);

    private static SenderStatus Sender(string source, string cluster, string host) =>
        new($"{source} {host}", source, "syslog", cluster, true, host, new Sender(Host: host), 1, 0, 0, 0, 10, Now, TimeSpan.Zero, []);
}
