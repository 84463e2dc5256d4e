namespace Reeve.Audit.Fields;

/// <summary>A field that can be asked for.</summary>
/// <param name="Name">The short name, for typing.</param>
/// <param name="Path">The path in the audit event's JSON; empty for what the pipeline adds or what is read out of other fields.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Description">What it says, in one line.</param>
/// <param name="Falco">The name of the same field in Falco's rules for audit events; null where Falco has none.</param>
public sealed record EventFieldDescription(string Name, string Path, FieldType Type, string Description, string? Falco = null);
