using System.Collections.Immutable;

namespace Reeve.Detection.Rules;

/// <summary>Something a rule asks for as its author wrote it, so that what is said of it can point there.</summary>
/// <param name="Name">The field, or <c>tags</c>.</param>
/// <param name="Values">What it is compared with; empty where only the name counts.</param>
/// <param name="Place">Where its name stands.</param>
public sealed record WrittenItem(string Name, ImmutableArray<string> Values, RulePlace Place);
