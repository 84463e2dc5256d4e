using System.Text;
using Reeve.Detection.Policy.Reading;

namespace Reeve.Detection.Tests.Policy;

public sealed class PolicyReaderTests
{
    private const string Head = "apiVersion: audit.k8s.io/v1\nkind: Policy\n";

    public static TheoryData<string, string> Problems => CaseTable.Two("Reeve.Detection.Tests", "Policy", "problems.txt");

    [Theory]
    [MemberData(nameof(Problems))]
    public void What_is_wrong_is_told_with_its_place(string rules, string expected)
    {
        var reading = PolicyReader.Read("p.yaml", Head + rules.Replace("\\n", "\n", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var problem = Assert.Single(reading.Problems);
        Assert.Equal(expected, $"{problem.Place.Line}:{problem.Place.Column} {(problem.IsError ? "error" : "warning")}: {problem.Message}");
        Assert.Equal(problem.IsError, reading.Policy is null);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once_in_the_order_of_the_file()
    {
        var reading = PolicyReader.Read("p.yaml", Head + "omitStages: [Begin]\nrules:\n- level: All\n- level: Metadata\n  verbs: get\n- verbs: [get]\n", TestContext.Current.CancellationToken);

        Assert.Equal([3, 5, 7, 8], reading.Errors.Select(error => error.Place.Line));
    }

    [Fact]
    public void An_alias_stands_for_what_its_anchor_marks()
    {
        var reading = PolicyReader.Read("p.yaml", Head + "rules:\n- level: None\n  verbs: &reads [get, list]\n- level: Metadata\n  verbs: *reads\n  users: [ana]\n- level: Metadata\n", TestContext.Current.CancellationToken);

        Assert.Equal(["get", "list"], reading.Policy!.Rules[1].Verbs);
    }

    [Fact]
    public void Aliases_do_not_make_a_tree_without_end()
    {
        var text = new StringBuilder(Head + "metadata:\n- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 20; level++)
            text.Append($"- &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");

        Assert.Contains("aliases repeat too much", Assert.Single(PolicyReader.Read("p.yaml", text.ToString(), TestContext.Current.CancellationToken).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_do_not_make_a_long_text_many_long_texts()
    {
        var text = $"{Head}rules:\n- level: Metadata\n  verbs: [&a \"{new string('x', 100_000)}\"{string.Concat(Enumerable.Repeat(", *a", 1_000))}]\n";

        Assert.Contains("aliases repeat too much", Assert.Single(PolicyReader.Read("p.yaml", text, TestContext.Current.CancellationToken).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_mistakes_the_first_thousand_are_told_and_an_error_after_warnings_counts()
    {
        var verbs = string.Join(", ", Enumerable.Repeat("no", 5_000).Select(verb => $"\"{verb}\""));
        var warned = PolicyReader.Read("p.yaml", $"{Head}rules:\n- level: Metadata\n  verbs: [{verbs}]\n- level: Metadata\n", TestContext.Current.CancellationToken);
        var keys = string.Concat(Enumerable.Range(0, 5_000).Select(key => $"  k{key}: x\n"));
        var refused = PolicyReader.Read("p.yaml", $"{Head}rules:\n- level: Metadata\n{keys}- level: Nothing\n", TestContext.Current.CancellationToken);

        Assert.NotNull(warned.Policy);
        Assert.Equal(1_000, warned.Problems.Length);
        Assert.Null(refused.Policy);
        Assert.Contains("'Nothing'", Assert.Single(refused.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_quoted_only_as_far_as_people_read()
    {
        var reading = PolicyReader.Read("p.yaml", $"{Head}rules:\n- level: {new string('x', 10_000)}\n", TestContext.Current.CancellationToken);

        Assert.InRange(Assert.Single(reading.Errors).Message.Length, 80, 300);
    }

    [Fact]
    public void Rules_with_very_many_names_are_not_held_against_each_other_for_ever()
    {
        static string List(string name) => string.Join(", ", Enumerable.Repeat("a", 120_000).Append(name));
        var text = $"{Head}rules:\n- level: Metadata\n  users: [{List("b")}]\n- level: None\n  users: [{List("c")}]\n- level: Metadata\n";
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        Assert.NotNull(PolicyReader.Read("p.yaml", text, patience.Token).Policy);
        Assert.False(patience.IsCancellationRequested);
    }

    [Fact]
    public void Reading_can_be_ended() =>
        Assert.Throws<OperationCanceledException>(() => PolicyReader.Read("p.yaml", Head + "rules: [{level: Metadata}]", new CancellationToken(canceled: true)));

    [Fact]
    public void Real_policies_are_taken_without_an_error()
    {
        foreach (var file in Directory.GetFiles(Repository.Shared("data", "audit"), "policy-*.yaml"))
            Assert.Empty(PolicyReader.Read(file, File.ReadAllText(file), TestContext.Current.CancellationToken).Errors);
    }

    [Fact]
    public void Whatever_the_text_it_is_a_policy_or_has_an_error()
    {
        var whole = Head + "omitStages: [RequestReceived]\nrules:\n- level: None\n  nonResourceURLs: [/healthz*]\n- level: Request\n  users: [\"a\"]\n  resources:\n  - group: apps\n    resources: &r [deployments, \"*/scale\"]\n    resourceNames: [x]\n- level: Metadata\n";
        var mutator = new Mutator(9, [Encoding.UTF8.GetBytes(whole)]);
        var taken = 0;
        for (var count = 0; count < 5_000; count++)
        {
            var reading = PolicyReader.Read("p.yaml", Encoding.UTF8.GetString(mutator.Next(2_000)), TestContext.Current.CancellationToken);
            Assert.Equal(reading.Policy is null, reading.Errors.Any());
            Assert.All(reading.Problems, problem => Assert.Equal("p.yaml", problem.Place.File));
            taken += reading.Policy is null ? 0 : 1;
        }

        Assert.True(taken > 50, $"only {taken} mutations were policies");
    }
}
