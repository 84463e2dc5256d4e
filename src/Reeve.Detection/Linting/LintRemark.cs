using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting;

/// <summary>What a check has to say of a rule.</summary>
/// <param name="Place">Of what it speaks.</param>
/// <param name="Message">In words.</param>
internal readonly record struct LintRemark(RulePlace Place, string Message);
