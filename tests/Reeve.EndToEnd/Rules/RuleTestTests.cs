using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;
using Reeve.Rules;

namespace Reeve.EndToEnd.Rules;

/// <summary>The tests that stand beside rules.</summary>
public sealed class RuleTestTests : IDisposable
{
    private const string Many = "title: c\nid: c\nlevel: low\ncorrelation: { type: event_count, rules: [a], group-by: user.username, timespan: 1m, condition: { gte: 5 } }\n---\ntitle: a\nname: a\nid: a\nlogsource: { product: kubernetes }\ndetection: { s: { verb: get, stage: ResponseComplete, kind: Event }, condition: s }\n";
    private const string Listed = "title: l\nid: l\nlevel: low\nlogsource: { product: kubernetes }\nrequires-lists: [known]\ndetection: { s: { verb: get }, known: { user.username|expand: '%known%' }, condition: s and not known }\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("[{verb: get, user: {username: u}, times: 5}]", true)]
    [InlineData("[{verb: get, user: {username: u}, times: 4}]", false)]
    [InlineData("[{verb: get, user: {username: u}, times: 4}, {verb: get, user: {username: u}, after: 50s}]", true)]
    [InlineData("[{verb: get, user: {username: u}, times: 4}, {verb: get, user: {username: u}, after: 61s}]", false)]
    [InlineData("[{verb: get, user: {username: u}, stage: RequestReceived, times: 9}]", false)]
    public void An_event_leaves_out_what_all_have_and_stands_for_several(string story, bool fires)
    {
        Assert.Empty(Problems(Many, $"{(fires ? "fires" : "quiet")}:\n  - {story}\n"));
        Assert.Single(Problems(Many, $"{(fires ? "quiet" : "fires")}:\n  - {story}\n"));
    }

    [Fact]
    public void A_test_file_fills_lists_of_its_own()
    {
        var waits = Problems(Listed, "fires: [{verb: get, user: {username: u}}]\n", "known: []\n");
        Assert.Contains("no rule fires", Assert.Single(waits), StringComparison.Ordinal);

        Assert.Empty(Problems(Listed, "lists: {known: [me]}\nfires: [{verb: get, user: {username: u}}]\nquiet: [{verb: get, user: {username: me}}]\n", "known: []\n"));
    }

    [Theory]
    [InlineData("fires: [{verb: get, times: many}]", "'times' is a whole number")]
    [InlineData("fires: [{verb: get, times: 0}]", "'times' is a whole number")]
    [InlineData("fires: [{verb: get, after: soon}]", "'after' is a number with s, m, h or d")]
    [InlineData("fires: [get]", "a block of keys")]
    [InlineData("lists: [a]\nfires: []", "lists are names")]
    [InlineData("wrong: []", "none of the lists")]
    public void What_is_wrong_with_a_test_is_said(string tests, string said) =>
        Assert.Contains(Problems(Many, tests + "\n"), problem => problem.Contains(said, StringComparison.Ordinal));

    private List<string> Problems(string rules, string tests, string lists = "")
    {
        _folder.Write("r.yml", rules);
        _folder.Write("r.test.yml", tests);
        var own = lists.Length > 0 ? RuleLists.Read([new RuleFile("lists.yml", lists)]) : RuleLists.Empty;
        return [.. RuleTestRun.Run([_folder["r.yml"]], SigmaOptions.Of(own)).Where(outcome => outcome.Problem is not null).Select(outcome => outcome.Problem!)];
    }
}
