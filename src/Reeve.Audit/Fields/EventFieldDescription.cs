namespace Reeve.Audit.Fields;

/// <summary>A field that can be asked for.</summary>
/// <param name="Name">The short name, for typing.</param>
/// <param name="Path">The path in the audit event's JSON; empty for what the pipeline adds.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Description">What it says, in one line.</param>
public sealed record EventFieldDescription(string Name, string Path, FieldType Type, string Description);
