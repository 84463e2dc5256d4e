using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting;

/// <summary>A check that rules of an audit log should pass. A new one is a class and a line of <see cref="Linter"/>.</summary>
internal interface ILintCheck
{
    /// <summary>What to call it.</summary>
    string Name { get; }

    /// <summary>What it has to say of a rule, nothing where the rule is good.</summary>
    IEnumerable<LintRemark> Check(DetectionRule rule);
}
