using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Detection.Tests.Rules;

public sealed class RuleListsTests
{
    [Fact]
    public void Files_are_one_set_of_lists()
    {
        var lists = RuleLists.Read([new RuleFile("a.yml", "admins: [alice, 'b*']\nport: 22\n"), new RuleFile("b.yml", "nobody: []\n"), new RuleFile("empty.yml", "")]);

        Assert.Empty(lists.Problems);
        Assert.Equal(["alice", "b*"], lists.Values["admins"]);
        Assert.Equal(["22"], lists.Values["port"]);
        Assert.Empty(lists.Values["nobody"]);
    }

    [Theory]
    [InlineData("- a", "b.yml:1:1: the file is a list; lists are names with texts below, like 'admins: [alice, bob]'")]
    [InlineData("x:", "b.yml:1:3: the list 'x' is empty; it must be a list of texts, [] for one with nothing on it")]
    [InlineData("x: [a, ~]", "b.yml:1:8: a value of the list 'x' is empty; it must be a text")]
    [InlineData("x: { a: b }", "b.yml:1:4: the list 'x' is a block of keys; it must be a list of texts, [] for one with nothing on it")]
    [InlineData("'%x%': [a]", "b.yml:1:1: '%x%' is no name of a list: 1 to 128 characters without blanks, backslashes and percent signs")]
    [InlineData("known: [a]", "b.yml:1:1: the list 'known' is here a second time; a.yml:1:1 has it already")]
    [InlineData("x: [a\n", "b.yml:2:1: this is not YAML")]
    public void What_is_wrong_has_its_place(string text, string expected)
    {
        var lists = RuleLists.Read([new RuleFile("a.yml", "known: [a]"), new RuleFile("b.yml", text)]);

        Assert.StartsWith(expected, Assert.Single(lists.Problems).ToString(), StringComparison.Ordinal);
        Assert.Equal(["known"], lists.Values.Keys);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_problem() =>
        Assert.Equal("/no/such/file: there is no such file or folder", Assert.Single(RuleLists.Load(["/no/such/file"]).Problems).ToString());

    [Theory]
    [InlineData("product: kubernetes", "%admns%", "r.yml:5:41: %admns% is no list that was given, and no audit event has a field of that name; 'admins' may be meant")]
    [InlineData("product: kubernetes", "%user.username%", null)]
    [InlineData("product: kubernetes", "%admins%", null)]
    [InlineData("product: windows", "%admns%", null)]
    public void A_placeholder_for_nothing_is_a_problem_of_its_rule(string source, string value, string? expected)
    {
        var options = new SigmaOptions { Placeholders = RuleLists.Read([new RuleFile("a.yml", "admins: [alice]")]).Values };

        var reading = SigmaReader.Read([new RuleFile("r.yml", $"title: t\nid: i\nlevel: low\nlogsource: {{ {source} }}\ndetection: {{ a: {{ user.username|expand: '{value}' }}, condition: a }}\n")], options);

        Assert.Equal(expected is null ? [] : [expected], reading.Problems.Select(problem => problem.ToString()));
    }
}
