using Reeve.Audit.Fields;
using Reeve.Audit.Policy;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;

namespace Reeve.Detection.Needs;

/// <summary>What the audit policy has to record so that a field has its values.</summary>
internal static class FieldNeeds
{
    /// <summary>The path of a field in the event; null of what is no path. A short name stands for its path, a pointer is one.</summary>
    public static string? PathOf(Field field) => field switch
    {
        Field.Path path => FieldCatalogue.TryGet(path.Name, out var known) && known.Name == path.Name && known.Path.Length > 0 ? Dotted(known.Path) : path.Name,
        Field.Pointer pointer => pointer.Text.TrimStart('/').Replace('/', '.'),
        _ => null,
    };

    /// <summary>The least level at which it can have a value.</summary>
    public static AuditLevel LeastLevel(Field field) =>
        !PartialEvent.Unknown.At(AuditLevel.Metadata).IsAbsent(field) ? AuditLevel.Metadata
        : !PartialEvent.Unknown.At(AuditLevel.Request).IsAbsent(field) ? AuditLevel.Request
        : AuditLevel.RequestResponse;

    /// <summary>The level at which it has all its values.</summary>
    public static AuditLevel FullLevel(Field field) => field switch
    {
        Field.Union union => union.Fields.Select(FullLevel).DefaultIfEmpty(AuditLevel.Metadata).Max(),
        Field.Computed computed => computed.From.Select(FullLevel).DefaultIfEmpty(AuditLevel.Metadata).Max(),
        _ => LeastLevel(field),
    };

    /// <summary>The level at which whatever a part of a condition asks for is there; it has no parts itself.</summary>
    public static AuditLevel FullLevel(Condition part) => part switch
    {
        Condition.Has has => FullLevel(has.Field),
        Condition.Exists exists => FullLevel(exists.Field),
        Condition.IsNull isNull => FullLevel(isNull.Field),
        Condition.Relates relates => (AuditLevel)Math.Max((byte)FullLevel(relates.Left), (byte)FullLevel(relates.Right)),
        Condition.Keyword => AuditLevel.RequestResponse,
        _ => AuditLevel.Metadata,
    };

    // The catalogue writes names with dots in them as annotations["a.b/c"], rules as annotations.a.b/c.
    private static string Dotted(string path) => path.Replace("[\"", ".", StringComparison.Ordinal).Replace("\"]", "", StringComparison.Ordinal);
}
