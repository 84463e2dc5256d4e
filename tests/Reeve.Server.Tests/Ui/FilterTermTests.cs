using CsCheck;
using Reeve.Server.Ui.Filters;
using Reeve.Store.Query.Parsing;

namespace Reeve.Server.Tests.Ui;

public sealed class FilterTermTests
{
    [Theory]
    [InlineData("", "alice", false, "user:alice")]
    [InlineData("verb:get", "alice", false, "verb:get user:alice")]
    [InlineData("verb:get", "system:node:n1", true, "verb:get -user:system:node:n1")]
    [InlineData("verb:get or verb:list", "alice", false, "(verb:get or verb:list) user:alice")]
    [InlineData("", "Jürgen M", false, "user:\"Jürgen M\"")]
    [InlineData("", "a*b", false, "user:\"a*b\"")]
    [InlineData("", "or", false, "user:\"or\"")]
    [InlineData("", "-x", false, "user:\"-x\"")]
    [InlineData("user:(broken", "alice", false, "user:alice")]
    public void A_value_is_added_to_what_was_typed(string filter, string value, bool exclude, string expected) =>
        Assert.Equal(expected, FilterTerm.Add(filter, "user", value, exclude));

    [Fact]
    public void Any_value_of_an_event_makes_a_filter_for_exactly_that_value() =>
        Gen.String.Where(value => value.Length is > 0 and < 1000).Sample(value =>
        {
            Assert.True(QueryParser.TryParse(FilterTerm.Add("", "user", value, exclude: false), out var filter, out _));
            var match = Assert.IsType<MatchNode>(filter);
            return !match.Value.HasWildcards && match.Value.Literal == value;
        });

    [Fact]
    public void Each_term_can_be_left_out()
    {
        var looser = FilterTerm.LooserThan("user:alice verb:delete -ns:shop");

        Assert.Equal(["user:alice", "verb:delete", "not ns:shop"], looser.Select(found => found.Term));
        Assert.Equal("user:alice not ns:shop", looser[1].Looser);
    }

    [Theory]
    [InlineData("")]
    [InlineData("user:alice")]
    [InlineData("user:alice or user:bob")]
    [InlineData("user:(")]
    public void A_filter_of_one_term_has_none_to_leave_out(string filter) => Assert.Empty(FilterTerm.LooserThan(filter));

    [Fact]
    public void Every_field_that_is_offered_can_be_typed()
    {
        Assert.Contains(FieldWords.All, field => field.Name == "user");
        Assert.All(FieldWords.All, field => Assert.True(QueryParser.TryParse(field.Name + ":*", out _, out _), field.Name));
    }
}
