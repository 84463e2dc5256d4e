using System.Collections.Immutable;

namespace Reeve.Detection.Rules;

/// <summary>What came of reading rule files.</summary>
/// <param name="Rules">Every rule that can run.</param>
/// <param name="Problems">What is wrong with the others, and what was remarked, in the order of files and lines.</param>
public sealed record RuleReading(RuleSet Rules, ImmutableArray<RuleProblem> Problems)
{
    /// <summary>Whether anything cannot run.</summary>
    public bool HasErrors => Problems.Any(problem => problem.IsError);
}
