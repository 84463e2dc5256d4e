using Reeve.Server.Alerts.Rules;

namespace Reeve.Server.Tests.Alerts;

public sealed class RuleBookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RuleBookTests() => Directory.CreateDirectory(_folder["rules"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_that_come_change_and_go_are_taken_over()
    {
        _folder.Write("rules/a.yml", Rule("A"));
        var book = Book();
        Assert.Equal(["A"], Titles(book));
        Assert.False(book.Refresh());

        _folder.Write("rules/sub/b.yml", Rule("B"));
        Assert.True(book.Refresh());
        Assert.Equal(["A", "B"], Titles(book));

        _folder.Write("rules/a.yml", Rule("Another A"));
        Assert.True(book.Refresh());
        Assert.Equal(["Another A", "B"], Titles(book));

        File.Delete(_folder["rules/sub/b.yml"]);
        Assert.True(book.Refresh());
        Assert.Equal(["Another A"], Titles(book));
    }

    [Fact]
    public void A_file_with_an_error_goes_on_as_it_was_and_says_so()
    {
        _folder.Write("rules/a.yml", Rule("A"));
        var book = Book();
        Assert.Equal(["A"], Titles(book));
        _folder.Write("rules/a.yml", Rule("A").Replace("condition: s", "condition: nothing", StringComparison.Ordinal));
        book.Refresh();

        Assert.Equal(["A"], Titles(book));
        Assert.EndsWith("; the file goes on as it was before", Assert.Single(book.Current.Errors).Message, StringComparison.Ordinal);

        _folder.Write("rules/a.yml", Rule("A again"));
        book.Refresh();
        Assert.Equal(["A again"], Titles(book));
        Assert.Empty(book.Current.Errors);
    }

    [Fact]
    public void Where_a_file_was_never_right_its_other_rules_run()
    {
        _folder.Write("rules/a.yml", $"{Rule("A")}---\n{Rule("B").Replace("condition: s", "condition: nothing", StringComparison.Ordinal)}");

        var book = Book();

        Assert.Equal(["A"], Titles(book));
        Assert.Single(book.Current.Errors);
    }

    [Fact]
    public void A_mounted_config_map_changes_by_where_its_links_lead()
    {
        _folder.Write("mount/..one/a.yml", Rule("A"));
        _folder.Write("mount/..two/a.yml", Rule("Z"));
        Directory.CreateSymbolicLink(_folder["mount/..data"], "..one");
        File.CreateSymbolicLink(_folder["mount/a.yml"], "..data/a.yml");
        var book = new RuleBook([_folder["mount"]], [], withShipped: false);
        Assert.Equal(["A"], Titles(book));

        Directory.Delete(_folder["mount/..data"]);
        Directory.CreateSymbolicLink(_folder["mount/..data"], "..two");
        Assert.True(book.Refresh());
        Assert.Equal(["Z"], Titles(book));
    }

    [Fact]
    public void Lists_stand_for_placeholders_and_go_on_where_their_file_is_broken()
    {
        _folder.Write("rules/a.yml", Rule("A").Replace("verb: get", "'user.username|expand': '%admins%'", StringComparison.Ordinal));
        _folder.Write("lists.yml", "admins: [alice]\n");
        var book = new RuleBook([_folder["rules"]], [_folder["lists.yml"]], withShipped: false);
        Assert.Equal(["A"], Titles(book));

        _folder.Write("lists.yml", "admins:\n");
        Assert.True(book.Refresh());
        Assert.Equal(["A"], Titles(book));
        Assert.EndsWith("; the lists go on as they were before", Assert.Single(book.Current.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rules_that_come_along_run_unless_switched_off()
    {
        Assert.True(new RuleBook([], [], withShipped: true).Current.Count > 20);
        Assert.Equal(0, new RuleBook([], [], withShipped: false).Current.Count);
    }

    private RuleBook Book() => new([_folder["rules"]], [], withShipped: false);

    private static IEnumerable<string> Titles(RuleBook book) => book.Current.Rules.Detections.Select(rule => rule.Title).Order(StringComparer.Ordinal);

    private static string Rule(string title) => $"title: {title}\nlogsource: {{product: kubernetes, service: audit}}\ndetection:\n  s: {{verb: get}}\n  condition: s\n";
}
