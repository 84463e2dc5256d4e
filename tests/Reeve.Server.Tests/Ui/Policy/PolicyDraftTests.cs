using Reeve.Audit.Policy.Forecasts;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Reading;
using Reeve.Server.Ui.Policy;
using Reeve.Server.Ui.Time;

namespace Reeve.Server.Tests.Ui.Policy;

public sealed class PolicyDraftTests
{
    private const string Text = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n  - level: None\n    verbs:\n      - watch\n\n  # who did what\n  - level: Metadata\n    verbs: [exec]\n\n";

    [Fact]
    public void Rule_has_its_own_lines_without_the_comment_of_the_next()
    {
        var draft = Draft(Text);

        Assert.Equal([(4, 6), (9, 10)], Enumerable.Range(0, 2).Select(draft.LinesOf));
    }

    [Fact]
    public void Lines_with_problems_and_those_of_the_deciding_rule_are_marked()
    {
        var marks = Draft(Text).Marks(decides: 0);

        Assert.Equal([new EditorMark(4, 6, EditorMark.Decides), new EditorMark(10, 10, EditorMark.Warning)], marks);
        Assert.Equal([EditorMark.Error], Draft(Text.Replace("Metadata", "All", StringComparison.Ordinal)).Marks(decides: 0).Select(mark => mark.Kind));
        Assert.DoesNotContain(Draft(Text).Marks(decides: 7), mark => mark.Kind == EditorMark.Decides);
    }

    [Fact]
    public void Empty_editor_has_neither_policy_nor_marks()
    {
        Assert.True(PolicyDraft.None.IsEmpty);
        Assert.Null(PolicyDraft.None.Policy);
        Assert.Empty(PolicyDraft.None.Marks(0));
    }

    [Fact]
    public void Address_says_what_is_shown_beside_the_editor()
    {
        var address = new PolicyAddress { Tab = PolicyTab.Coverage, Time = new TimeSelection.Last(TimeSpan.FromDays(7)), Cluster = "a&b", LocalTime = true };

        Assert.Equal(address, PolicyAddress.Parse("http://h" + address));
        Assert.Equal(new PolicyAddress(), PolicyAddress.Parse("http://h/policy?tab=nothing&from=never"));
        Assert.Equal("/policy", new PolicyAddress().ToString());
    }

    [Theory]
    [InlineData(0, 0, "costs nothing in this traffic")]
    [InlineData(1.4, 2_500, "+1 events, +2.5 kB a day")]
    [InlineData(-3, -1_200_000, "−3 events, −1.2 MB a day")]
    [InlineData(0, 900, "±0 events, +900 B a day")]
    public void Costs_are_told_as_more_or_less(double events, double bytes, string words) =>
        Assert.Equal(words, VolumeWords.Cost(new ChangePrice(new Volume(events, bytes), PriceBasis.Known), 1));

    [Fact]
    public void What_the_traffic_cannot_say_is_said()
    {
        Assert.Equal("at least +1 events, +500 B a day, as the traffic lacks the bodies", VolumeWords.Cost(new ChangePrice(new Volume(1, 500), PriceBasis.AtLeast), 1));
        Assert.Equal("cost not known, as the traffic has none of these requests", VolumeWords.Cost(new ChangePrice(default, PriceBasis.Unknown), 1));
    }

    private static PolicyDraft Draft(string text) => new(text, PolicyReader.Read("policy", text, TestContext.Current.CancellationToken));
}
