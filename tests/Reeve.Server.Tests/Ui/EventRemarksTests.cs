using Reeve.Audit;
using Reeve.Server.Ui.Search;
using Reeve.Server.Ui.Words;
using Reeve.Testing;

namespace Reeve.Server.Tests.Ui;

public sealed class EventRemarksTests
{
    [Fact]
    public void Every_mark_and_every_loss_is_explained()
    {
        foreach (var mark in Enum.GetValues<EventMarks>().Where(mark => mark != EventMarks.None))
            Assert.True(EventRemarks.Of(Samples.Event(1) with { Marks = mark }).Any(), mark.ToString());
        // An unreadable record has a text of its own in place of the sentence.
        foreach (var integrity in Enum.GetValues<Integrity>().Where(kind => kind is not (Integrity.Whole or Integrity.Unreadable)))
            Assert.True(Assert.Single(EventRemarks.Of(Samples.Event(1) with { Integrity = integrity })).IsLoss, integrity.ToString());
        Assert.Empty(EventRemarks.Of(Samples.Event(1)));
    }

    [Fact]
    public void Every_category_has_a_place_a_name_and_a_colour_in_both_themes()
    {
        var tokens = File.ReadAllText(Path.Combine(Repository.Root, "src", "Reeve.Server", "wwwroot", "css", "tokens.css"));

        Assert.Equal(("category", "resource-change"), CategoryWords.Term("resource-change"));
        Assert.Equal(Enum.GetValues<Category>().Order(), CategoryWords.Order.Order());
        Assert.All(CategoryWords.Order, category =>
        {
            Assert.NotEmpty(CategoryWords.Name(category));
            Assert.Equal(2, tokens.Split($"--cat-{CategoryWords.Key(category)}:").Length - 1);
        });
    }
}
