namespace Reeve.Detection.Tests.Guide;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("*any* of [them]", "\\*any\\* of \\[them\\]")]
    [InlineData("kube_system & <NAME>", "kube\\_system \\& \\<NAME>")]
    [InlineData("a `b` ~c~ $d$ \\e", "a \\`b\\` \\~c\\~ \\$d\\$ \\\\e")]
    public void Text_means_nothing_but_itself(string text, string expected) => Assert.Equal(expected, Markdown.Escape(text));

    [Fact]
    public void Lines_stay_a_list_and_become_no_heading() =>
        Assert.Equal("What to do:\n  - look\n  \\# no heading\n\\> no quotation", Markdown.EscapeLines("What to do:\n  - look\n  # no heading\n> no quotation"));

    [Fact]
    public void Bar_does_not_end_a_cell() =>
        Assert.Equal("| a |\n| --- |\n| `x\\|y` z\\\\\\|w |\n", Markdown.Table(["a"], [["`x|y` " + Markdown.Escape("z\\|w")]]));

    [Fact]
    public void Fence_is_longer_than_those_in_the_text() =>
        Assert.Equal("`````yaml\na: ````\n`````\n", Markdown.Fenced("yaml", "a: ````\n"));
}
