namespace Reeve.Detection.Rules;

/// <summary>Something wrong in a rule file, for the one who wrote it.</summary>
/// <param name="Place">Where.</param>
/// <param name="Message">What was found, what was expected and what to do, in one line.</param>
/// <param name="IsError">Whether the rule cannot run; otherwise it runs, but hardly as it was meant.</param>
/// <param name="Check">The name of the linter's check; empty for what the readers themselves say.</param>
public sealed record RuleProblem(RulePlace Place, string Message, bool IsError = true, string Check = "")
{
    /// <summary><c>file:line:column: message</c>.</summary>
    public override string ToString() => $"{Place}: {Message}";
}
