using CsCheck;
using Reeve.Store.Query.Parsing;

namespace Reeve.Store.Tests.Query;

public sealed class QueryParserTests
{
    public static TheoryData<string, string> Canonical => CaseTable.Two("Reeve.Store.Tests", "Query", "Cases", "canonical.txt");

    public static TheoryData<string, string> Errors => CaseTable.Two("Reeve.Store.Tests", "Query", "Cases", "errors.txt");

    [Theory, MemberData(nameof(Canonical))]
    public void Text_is_read_as_its_canonical_form(string text, string expected)
    {
        Assert.True(QueryParser.TryParse(text, out var filter, out var error), error?.ToString());
        Assert.Equal(expected, filter!.ToString());
    }

    [Theory, MemberData(nameof(Canonical))]
    public void Canonical_form_is_read_as_itself(string _, string canonical)
    {
        Assert.True(QueryParser.TryParse(canonical, out var filter, out var error), error?.ToString());
        Assert.Equal(canonical, filter!.ToString());
    }

    [Theory, MemberData(nameof(Errors))]
    public void Mistake_is_named_with_its_column(string text, string expected)
    {
        Assert.False(QueryParser.TryParse(text, out var filter, out var error));
        Assert.Null(filter);
        Assert.Equal(expected, error.ToString());
    }

    [Theory, InlineData(""), InlineData("   "), InlineData("\t\r\n")]
    public void Empty_text_is_no_filter(string text)
    {
        Assert.True(QueryParser.TryParse(text, out var filter, out _));
        Assert.Null(filter);
    }

    [Fact]
    public void Printed_tree_is_read_as_an_equal_tree() =>
        Check.Sample(QueryGen.Node, node =>
        {
            var text = node.ToString();
            Assert.True(QueryParser.TryParse(text, out var read, out var error), $"{text}: {error}");
            Assert.True(node.Equals(read), $"{text} was read as {read}");
        });

    [Fact]
    public void Any_text_is_a_tree_or_an_error_inside_it() =>
        Check.Sample(QueryGen.AnyText, text =>
        {
            if (QueryParser.TryParse(text, out _, out var error))
                Assert.Null(error);
            else
                Assert.InRange(error.Column, 1, text.Length + 1);
        }, iter: 20_000);

    [Theory]
    [InlineData("(")]
    [InlineData("not ")]
    [InlineData("-")]
    [InlineData("user:(")]
    [InlineData("a ")]
    [InlineData("a or ")]
    [InlineData("\"")]
    [InlineData("*")]
    [InlineData("user:*")]
    public void Long_repetition_neither_throws_nor_overflows_the_stack(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 8 * 1024 / piece.Length));
        if (QueryParser.TryParse(text, out var filter, out var error))
            Assert.NotNull(filter!.ToString());
        else
            Assert.NotEmpty(error.Expected);
    }

    [Fact]
    public void Too_long_text_is_refused() => Assert.False(QueryParser.TryParse(new string('a', 8193), out _, out _));
}
