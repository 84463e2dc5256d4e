using Reeve.Store.Query.Parsing;

namespace Reeve.Store.Query.Sql;

/// <summary>The values of a field as text, for counting them; a list counts once for each item.</summary>
internal static class ValueSql
{
    /// <summary>An expression; null for fields whose values are not counted.</summary>
    public static string? Of(QueryField field, SqlParameters parameters) => field.Kind switch
    {
        QueryFieldKind.Text => EventColumns.Of(field),
        QueryFieldKind.List => $"arrayJoin(emptyArrayToSingle({EventColumns.Of(field)}))",
        QueryFieldKind.Number or QueryFieldKind.Flag => $"toString({EventColumns.Of(field)})",
        QueryFieldKind.Address => EventColumns.AddressText(field),
        QueryFieldKind.Path => $"arrayJoin(emptyArrayToSingle({new PathSql(parameters).Leaves(field)}))",
        QueryFieldKind.Time or QueryFieldKind.Id or QueryFieldKind.Finding => null,
        _ => throw new NotSupportedException($"a kind of field without SQL: {field.Kind}"),
    };
}
