using Reeve.Store.Query.Parsing;

namespace Reeve.Store.Query.Sql;

/// <summary>
/// Values below <c>requestObject</c>, <c>annotations</c> and the like, read from the event's JSON. An array on the way stands for each of
/// its items. Such a condition reads every event that the others leave; a cut event has no JSON to read and does not match.
/// </summary>
internal sealed class PathSql(SqlParameters parameters)
{
    /// <summary>One of the values at the path meets a condition over its text.</summary>
    public string Any(QueryField field, Func<string, string> condition) => $"arrayExists(leaf -> {condition("leaf")}, {Leaves(field)})";

    /// <summary>The texts at the path: strings without quotes, numbers and booleans as JSON writes them; nothing for null and absent.</summary>
    public string Leaves(QueryField field)
    {
        if (!JsonPath.TryParse(field.Name, out var names))
            throw new NotSupportedException($"a path the parser does not let through: {field.Name}");
        var values = $"[JSONExtractRaw(raw, {parameters.Add(names[0])})]";
        foreach (var name in names.Skip(1))
            values = $"arrayMap(v -> JSONExtractRaw(v, {parameters.Add(name)}), {Items(values)})";
        return $"arrayMap(v -> if(JSONType(v) = 'String', JSONExtractString(v), v), arrayFilter(v -> v != '' AND v != 'null', {Items(values)}))";
    }

    private static string Items(string values) =>
        $"arrayFlatten(arrayMap(v -> if(JSONType(v) = 'Array', JSONExtractArrayRaw(v), [v]), {values}))";
}
