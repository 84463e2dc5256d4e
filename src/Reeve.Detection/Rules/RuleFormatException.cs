namespace Reeve.Detection.Rules;

/// <summary>A rule, or what is written like one, cannot be read further. Thrown and caught within the readers only: it ends one rule, not a file.</summary>
public sealed class RuleFormatException(RulePlace place, string message) : Exception(message)
{
    /// <summary>What to tell the author.</summary>
    public RuleProblem Problem => new(place, Message);
}
