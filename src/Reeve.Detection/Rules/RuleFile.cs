namespace Reeve.Detection.Rules;

/// <summary>A rule file as it was read.</summary>
/// <param name="Name">Its path, for messages.</param>
/// <param name="Text">Its text.</param>
public sealed record RuleFile(string Name, string Text);
