using Reeve.Detection.Fields;

namespace Reeve.Detection.Rules;

/// <summary>A piece of a rule's sentence: the text, or the field whose value stands there.</summary>
public readonly record struct OutputPart(string Text, Field? Field = null);
