namespace Reeve.Detection.Conditions.Patterns;

/// <summary>A pattern cannot run; caught by <see cref="SafePattern"/>.</summary>
internal sealed class PatternException(string message) : Exception(message);
