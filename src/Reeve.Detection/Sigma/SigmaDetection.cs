using System.Collections.Immutable;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma.Detections;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma;

/// <summary>Reads what to look for in audit events where it is part of something else than a rule, in the words of a Sigma rule: its <c>detection</c> and <c>requires-lists</c>.</summary>
public static class SigmaDetection
{
    /// <summary>Reads it; it alerts nobody by itself.</summary>
    /// <param name="block">What has it.</param>
    /// <param name="id">What to call it.</param>
    /// <param name="title">What it finds.</param>
    /// <param name="options">What is left to the user.</param>
    /// <param name="problems">Takes what is hardly meant as it stands there.</param>
    /// <exception cref="RuleFormatException">It cannot be read.</exception>
    public static DetectionRule Read(YamlBlock block, string id, string title, SigmaOptions options, ICollection<RuleProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(problems);
        var section = DetectionSection.Read(block.Block("detection"), options with { IsAuditOnly = true });
        foreach (var remark in section.Remarks)
            problems.Add(remark);
        RequiredLists.Check(block, options);
        ImmutableArray<string> required = [.. block.Texts("requires-lists").Select(list => list.Value)];
        return new DetectionRule
        {
            Id = id,
            Title = title,
            Place = block.Place,
            Written = section.Written,
            Condition = section.Condition,
            RequiresLists = required,
            Sleeps = RequiredLists.AreEmpty(required, options),
            Alerts = false,
        };
    }
}
