using Reeve.Audit;
using Reeve.Server.Ui.Overview;

namespace Reeve.Server.Tests.Ui;

public sealed class ActivityKindTests
{
    [Fact]
    public void Every_category_of_an_event_is_of_exactly_one_kind() =>
        Assert.Equal(
            Enum.GetValues<Category>().Where(category => category is not (Category.None or Category.OtherLog)).Order(),
            ActivityKind.All.SelectMany(kind => kind.Categories).Order());

    [Fact]
    public void Every_kind_has_a_colour_in_both_themes()
    {
        var tokens = File.ReadAllText(Path.Combine(Repository.Root, "src/Reeve.Server/wwwroot/css/tokens.css"));

        Assert.All(ActivityKind.All, kind => Assert.Equal(3, tokens.Split($"--kind-{kind.Key}:").Length));
    }
}
