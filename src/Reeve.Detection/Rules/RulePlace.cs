namespace Reeve.Detection.Rules;

/// <summary>A place in a rule file.</summary>
/// <param name="File">The file as it was named; <c>-</c> for text that came from no file.</param>
/// <param name="Line">1-based; 0 for the file as a whole.</param>
/// <param name="Column">1-based, in characters; 0 for the file as a whole.</param>
public readonly record struct RulePlace(string File, int Line = 0, int Column = 0)
{
    /// <summary><c>file:line:column</c>.</summary>
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
