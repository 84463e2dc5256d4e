using Reeve.Server.Ui.Words;
using Reeve.Store.Query;

namespace Reeve.Server.Tests.Ui;

public sealed class TimingWordsTests
{
    [Theory]
    [InlineData(4.1, null, false, "get", "", "Answered after 4.1 ms.")]
    [InlineData(20.0, 12_500.0, false, "get", "exec", "Answered after 20 ms; the session lasted 12.5 s.")]
    [InlineData(20.0, 12_500.0, false, "watch", "", "Answered after 20 ms; the watch lasted 12.5 s.")]
    [InlineData(20.0, 12_500.0, false, "get", "log", "Answered after 20 ms; reading the log lasted 12.5 s.")]
    [InlineData(20.0, 10.0, false, "get", "", "Answered after 20 ms; the answer lasted 10 ms.")]
    [InlineData(20.0, null, true, "create", "attach", "Answered after 20 ms; no stage says that the session ended.")]
    [InlineData(null, 250.0, false, "watch", "", "The watch lasted 250 ms.")]
    [InlineData(null, null, false, "get", "", "")]
    public void Timing_is_told_in_a_sentence(double? answered, double? session, bool open, string verb, string subresource, string expected)
    {
        var timing = new RequestTiming(null, Span(answered), Span(session), open);

        Assert.Equal(expected, TimingWords.Of(timing, Samples.Event(1) with { Verb = verb, Subresource = subresource }));
    }

    [Theory]
    [InlineData(-1.0, "0 ms")]
    [InlineData(0.0, "0 ms")]
    [InlineData(0.25, "0.25 ms")]
    [InlineData(999.0, "999 ms")]
    [InlineData(1_000.0, "1 s")]
    [InlineData(119_000.0, "119 s")]
    [InlineData(250_000.0, "4 min 10 s")]
    [InlineData(3_600_000.0, "1 h")]
    [InlineData(7_500_000.0, "2 h 5 min")]
    [InlineData(273_600_000.0, "3 d 4 h")]
    public void Span_is_written_with_two_units_at_most(double milliseconds, string expected) =>
        Assert.Equal(expected, DurationWords.Of(TimeSpan.FromMilliseconds(milliseconds)));

    private static TimeSpan? Span(double? milliseconds) => milliseconds is { } given ? TimeSpan.FromMilliseconds(given) : null;
}
