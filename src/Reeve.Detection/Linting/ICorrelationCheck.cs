using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting;

/// <summary>A check that correlations of audit events should pass. A new one is a class and a line of <see cref="Linter"/>.</summary>
internal interface ICorrelationCheck
{
    /// <summary>What to call it.</summary>
    string Name { get; }

    /// <summary>What it has to say of a correlation; nothing where it is good.</summary>
    /// <param name="rule">The correlation.</param>
    /// <param name="rules">The set it is of, for what it refers to.</param>
    IEnumerable<LintRemark> Check(CorrelationRule rule, RuleSet rules);
}
