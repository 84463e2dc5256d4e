using Reeve.Audit.Findings;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Coverage;
using Reeve.Detection.Policy.Reading;
using Reeve.Detection.Policy.Writing;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;
using Reeve.Server.Setup;

namespace Reeve.Server.Doctor.Mending;

/// <summary>A policy that hides something as one that does not: Reeve's own, with what of the other leaves out noise and blinds no rule.</summary>
internal static class MendedPolicy
{
    /// <summary>The text; that of the file itself where nothing is to be mended in it.</summary>
    public static string Of(ReadPolicy read)
    {
        var own = SetupText.Of("audit-policy.yaml") + "\n";
        if (read.Policy is not { } policy)
            return own;
        var shipped = PolicyReader.Read("audit-policy.yaml", own).Policy!;
        var rules = RuleLoader.Read(ShippedRules.Files, SigmaOptions.Of(RuleLists.Empty)).Rules;
        var kept = policy.Rules.Where(rule => rule.Level == AuditLevel.None && IsHarmless(shipped with { Rules = shipped.Rules.Insert(0, rule) }, rules)).ToList();
        return kept.Count == 0 ? own : PolicyWriter.Write(shipped with { Rules = shipped.Rules.InsertRange(0, kept) }, "Reeve's policy, with the noise that was left out before and that no rule looks for.");
    }

    private static bool IsHarmless(AuditPolicy policy, RuleSet rules) =>
        new PolicyCoverage(policy).Of(rules, FindingLevel.Medium).All(each => each.Sight.Visibility == Visibility.Full);
}
