using System.Diagnostics.CodeAnalysis;

namespace Reeve.Audit;

/// <summary>
/// One audit event: its JSON and the values read from it, as slices without copies. A reader fills one instance again
/// for the next event, so whoever keeps a value copies it. Not thread-safe.
/// </summary>
public sealed class AuditEvent
{
    // Filled by EventReader. Spans point into Buffer: the event's own JSON first, unescaped values behind it.
}
