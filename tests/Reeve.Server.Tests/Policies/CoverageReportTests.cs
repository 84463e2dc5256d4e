using Reeve.Audit.Findings;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Coverage;
using Reeve.Detection.Policy.Writing;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;
using Reeve.Server.Compliance;
using Reeve.Server.Policies;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Policies;

public sealed class CoverageReportTests
{
    private static readonly AuditPolicy Policy = new()
    {
        Rules =
        [
            new() { Level = AuditLevel.None, Users = ["system:kube-scheduler"] },
            new() { Level = AuditLevel.None, Verbs = ["get", "list", "watch"] },
            new() { Level = AuditLevel.Metadata, OmitStages = AuditStages.RequestReceived },
        ],
    };

    private static readonly RuleSet NoRules = RuleLoader.Read([], SigmaOptions.Of(RuleLists.Empty)).Rules;

    [Fact]
    public void Each_control_that_is_not_seen_has_the_change_by_which_it_is()
    {
        var report = CoverageReport.Of(Policy, NoRules, RuleLists.Empty, FindingLevel.Informational, traffic: null, TestContext.Current.CancellationToken);

        Assert.Contains(report.Controls, control => control.Change is not null);
        // Controls that ask the same have the same change.
        foreach (var controls in report.Controls.GroupBy(control => control.Change))
        {
            if (controls.Key is not { } change)
            {
                Assert.All(controls, control => Assert.Equal(Visibility.Full, control.Coverage.Visibility));
                continue;
            }

            var changed = ControlCoverage.Of(controls.Select(control => control.Coverage.Framework).Distinct(), new PolicyCoverage(change.Changed)).ToList();
            foreach (var control in controls)
            {
                var mended = changed.Single(each => each.Framework == control.Coverage.Framework && each.Control == control.Coverage.Control);
                Assert.True(mended.Visibility == Visibility.Full, $"{control.Coverage.Framework.Id} {control.Coverage.Control.Id} does not see all with\n{PolicyWriter.Write(change.Changed)}");
            }
        }
    }

    [Fact]
    public void Told_from_traffic_nothing_is_to_be_changed_and_no_rule_is_named()
    {
        var report = CoverageReport.Of(null, NoRules, RuleLists.Empty, FindingLevel.Informational, new FakeTraffic().Answer.Traffic, TestContext.Current.CancellationToken);

        Assert.All(report.Controls, control => Assert.Null(control.Change));
        var losses = report.Controls.SelectMany(control => control.Coverage.Questions).SelectMany(question => question.Sight.Losses).ToList();
        Assert.NotEmpty(losses);
        Assert.All(losses, loss => Assert.DoesNotMatch(@"\(rule \d+\)|no rule", LossWords.Of(loss, report.Policy, namesRule: false)));
    }

    [Fact]
    public void With_traffic_each_change_has_its_price()
    {
        var report = CoverageReport.Of(Policy, NoRules, RuleLists.Empty, FindingLevel.Informational, new FakeTraffic().Answer.Traffic, TestContext.Current.CancellationToken);

        Assert.All(report.Controls, control => Assert.Equal(control.Change is null, control.Price is null));
        Assert.Contains(report.Controls, control => control.Price is { Basis: PriceBasis.Unknown });
    }
}
