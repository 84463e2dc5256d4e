using Reeve.Detection.Fields;

namespace Reeve.Detection.Matching;

/// <summary>A field that made a rule match, and the value that did.</summary>
public sealed record MatchedValue(Field Field, string Value);
