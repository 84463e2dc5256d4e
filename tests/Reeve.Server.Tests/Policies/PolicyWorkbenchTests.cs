using System.Text;
using Microsoft.Extensions.Time.Testing;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Reading;
using Reeve.Server.Alerts.Rules;
using Reeve.Server.Policies;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Policies;

public sealed class PolicyWorkbenchTests
{
    private readonly PolicyWorkbench _workbench = new(new RuleBook([], [], withShipped: true), new FakeTimeProvider());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2_000, 0, 0, 0, "rules")]
    [InlineData(1, 1_000, 300, 0, "namespaces")]
    [InlineData(1, 100, 20, 20, "objects")]
    public async Task Policy_that_no_apiserver_has_is_refused_at_once_and_still_checked(int rules, int users, int namespaces, int names, string reason)
    {
        var text = Text(rules, users, namespaces, names);
        var reading = await PolicyWorkbench.ReadAsync(text, Cancel);

        Assert.NotNull(reading.Policy);
        var refused = await Assert.ThrowsAsync<PolicyWorkException>(() => _workbench.CoverageAsync(text, reading.Policy, Cancel));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PolicyWorkException>(() => _workbench.CompareAsync(reading.Policy, reading.Policy, new FakeTraffic().Answer, Cancel));
    }

    [Fact]
    public async Task Same_names_in_many_rules_count_once()
    {
        var text = Text(rules: 40, users: 5, namespaces: 3, names: 2);
        var policy = (await PolicyWorkbench.ReadAsync(text, Cancel)).Policy!;

        Assert.NotNull(await _workbench.CoverageAsync(text, policy, Cancel));
    }

    [Fact]
    public async Task Policy_with_very_many_kinds_of_resources_is_refused()
    {
        var groups = string.Concat(Enumerable.Range(0, 20).Select(group => $"  - group: g{group}\n    resources: [{string.Join(", ", Enumerable.Range(0, 60).Select(name => $"r{name}/s{name}"))}]\n"));
        var text = $"apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n  resources:\n{groups}";
        var policy = (await PolicyWorkbench.ReadAsync(text, Cancel)).Policy!;

        var refused = await Assert.ThrowsAsync<PolicyWorkException>(() => _workbench.CoverageAsync(text, policy, Cancel));

        Assert.Contains("kinds", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cluster_with_many_custom_resources_is_not_too_large()
    {
        var groups = string.Concat(Enumerable.Range(0, 80).Select(group => $"  - group: g{group}.example\n    resources: [a{group}s, a{group}s/status, b{group}s]\n"));
        var text = $"apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n  resources:\n{groups}- level: None\n";
        var policy = (await PolicyWorkbench.ReadAsync(text, Cancel)).Policy!;

        Assert.NotNull(await _workbench.CoverageAsync(text, policy, Cancel));
    }

    [Fact]
    public async Task What_a_scanner_asked_for_does_not_make_what_is_recorded_now_too_large()
    {
        var scanned = Enumerable.Range(0, 5_000).Select(each => FakeTraffic.Row("mallory", "get", "", AuditLevel.Metadata, 1) with
        {
            Request = new() { User = "mallory", Verb = "get", IsResource = true, ApiGroup = $"g{each}", Resource = $"r{each}", Subresource = $"s{each}" },
        });

        var report = await _workbench.ObservedCoverageAsync(FakeTraffic.Of([.. new FakeTraffic().Answer.Traffic.Rows, .. scanned]), Cancel);

        Assert.True(report.IsObserved);
    }

    [Fact]
    public async Task Longest_text_is_read()
    {
        var text = new StringBuilder("apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n");
        for (var user = 0; text.Length < PolicyReader.Longest - 60; user++)
            text.Append($"- level: None\n  users: [u{user}]\n");

        Assert.NotNull((await PolicyWorkbench.ReadAsync(text.ToString(), Cancel)).Policy);
        Assert.Contains("longer", (await PolicyWorkbench.ReadAsync(new string(' ', PolicyReader.Longest + 1), Cancel)).Errors.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coverage_of_the_same_text_is_found_once()
    {
        const string text = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n";
        var first = await _workbench.CoverageAsync(text, PolicyReader.Read("p", text, Cancel).Policy!, Cancel);

        Assert.Same(first, await _workbench.CoverageAsync(text, PolicyReader.Read("p", text, Cancel).Policy!, Cancel));
        Assert.NotSame(first, await _workbench.CoverageAsync(text + "\n", PolicyReader.Read("p", text, Cancel).Policy!, Cancel));
    }

    [Fact]
    public void What_is_recorded_now_is_written_as_a_policy_that_records_it_and_nothing_else()
    {
        var traffic = new FakeTraffic().Answer.Traffic;
        var scanned = Enumerable.Range(0, 5_000).Select(path => FakeTraffic.Row("mallory", "get", "", AuditLevel.Metadata, 1) with { Request = new() { User = "mallory", Verb = "get", Path = $"/{path}" } });

        var policy = PolicyReader.Read("p", RecordedMix.Write(traffic with { Rows = [.. traffic.Rows, .. scanned] }), Cancel).Policy!;

        Assert.All(traffic.Rows, row => Assert.Equal(row.Level, policy.Decide(row.Request).Level));
        Assert.Equal(AuditLevel.None, policy.Decide(traffic.Rows[0].Request with { Verb = "delete" }).Level);
        Assert.InRange(policy.Rules.Sum(rule => rule.NonResourceUrls.Length), 1, 100);
    }

    private static string Text(int rules, int users, int namespaces, int names)
    {
        static string List(string letter, int count) => string.Join(", ", Enumerable.Range(0, count).Select(index => letter + index));
        var text = new StringBuilder("apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n");
        for (var rule = 0; rule < rules; rule++)
            text.Append($"- level: Metadata\n  users: [{List("u", users)}]\n  namespaces: [{List("n", namespaces)}]\n  resources: [{{group: '', resources: [pods], resourceNames: [{List("o", names)}]}}]\n");
        return text.ToString();
    }
}
