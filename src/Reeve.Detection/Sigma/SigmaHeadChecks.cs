using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma;

/// <summary>What the head of a rule should say, though the rule can run without it.</summary>
internal static class SigmaHeadChecks
{
    private static readonly string[] Statuses = ["stable", "test", "experimental", "deprecated", "unsupported"];

    /// <summary>What is to be said of it.</summary>
    /// <param name="block">The rule.</param>
    /// <param name="alerts">Whether it alerts on its own; a part of a correlation needs no level.</param>
    public static IEnumerable<RuleProblem> Check(YamlBlock block, bool alerts)
    {
        if (!block.Has("id"))
            yield return Remark(block, block.Node, "missing-id", "'id' is missing; it is made of the title, so that a new title makes it another rule");
        if (alerts && !block.Has("level"))
            yield return Remark(block, block.Node, "missing-level", "'level' is missing; the rule counts as informational");
        if (block.TryGet("status", out var status) && !(status is YamlScalar text && Statuses.Contains(text.Value, StringComparer.Ordinal)))
            yield return Remark(block, status, "unknown-status", $"the status {YamlBlock.Describe(status)} is unknown; there are {string.Join(", ", Statuses)}");
    }

    private static RuleProblem Remark(YamlBlock block, YamlNode node, string check, string message) => new(block.At(node), message, IsError: false, check);
}
