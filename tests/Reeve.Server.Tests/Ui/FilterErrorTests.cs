using Bunit;
using CsCheck;
using Reeve.Server.Ui.Components;
using Reeve.Store.Query.Parsing;

namespace Reeve.Server.Tests.Ui;

public sealed class FilterErrorTests
{
    [Theory]
    [InlineData("verb:get )")]
    [InlineData("usr:alice")]
    [InlineData("user:")]
    [InlineData("a\tb )")]
    public void The_caret_stands_under_the_column_of_the_error(string filter)
    {
        var (line, caret, error) = Show(filter);

        Assert.Equal(error.Column - 1, caret.IndexOf('▲'));
        Assert.Equal(filter.Length, line.Length);
    }

    [Fact]
    public void In_a_long_filter_the_caret_stays_in_sight_under_its_character()
    {
        var filter = string.Concat(Enumerable.Repeat("user:alice ", 40)) + "( verb:get";

        var (line, caret, error) = Show(filter);

        Assert.True(caret.Length <= 91 && line.Length <= 90);
        Assert.Equal(error.Column - 1 == filter.Length, caret.IndexOf('▲') == line.Length);
    }

    [Fact]
    public void Any_filter_that_cannot_be_understood_is_shown() =>
        Gen.String.Where(text => !QueryParser.TryParse(text, out _, out _)).Sample(text => Show(text).Caret.EndsWith('▲'), iter: 200);

    private static (string Line, string Caret, QueryError Error) Show(string filter)
    {
        Assert.False(QueryParser.TryParse(filter, out _, out var error));
        using var context = new BunitContext();
        var shown = context.Render<FilterError>(page => page.Add(p => p.Filter, filter).Add(p => p.Error, error));
        var lines = shown.Find("pre").TextContent.Split('\n');
        Assert.Contains(error.Expected, shown.Find("p").TextContent);
        return (lines[0], lines[1], error);
    }
}
