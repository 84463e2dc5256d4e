using Reeve.Store.Query.Parsing;

namespace Reeve.Store.Query.Sql;

/// <summary>Turns a filter into a condition over <c>events</c>. One class per family of fields; values become parameters.</summary>
/// <param name="range">The times of the events, which are those of their findings.</param>
/// <param name="parameters">Takes the values.</param>
internal sealed class FilterSql(TimeRange range, SqlParameters parameters)
{
    /// <summary>A condition in parentheses where it needs them.</summary>
    public string Of(QueryNode node) => node switch
    {
        AndNode and => Join(and.Operands, " AND "),
        OrNode or => Join(or.Operands, " OR "),
        NotNode not => $"NOT ({Of(not.Operand)})",
        TextNode text => new TextSql(parameters).Contains(text.Value),
        MatchNode match => Match(match.Field, match.Value),
        ExistsNode exists => Exists(exists.Field),
        CompareNode compare => Compare(compare),
        _ => throw new NotSupportedException($"a filter node without SQL: {node.GetType().Name}"),
    };

    private string Join(NodeList operands, string between) => $"({string.Join(between, operands.Select(Of))})";

    private string Match(QueryField field, QueryValue value) => field.Kind switch
    {
        QueryFieldKind.Text => Text(EventColumns.Of(field), value),
        QueryFieldKind.List when value.HasWildcards => $"arrayExists(item -> {Text("item", value)}, {EventColumns.Of(field)})",
        QueryFieldKind.List when value.Literal.Length == 0 => $"empty({EventColumns.Of(field)})",
        QueryFieldKind.List => Has(field, value.Literal),
        QueryFieldKind.Number when value.HasWildcards => Text($"toString({EventColumns.Of(field)})", value),
        QueryFieldKind.Number => $"{EventColumns.Of(field)} = {parameters.Add(ulong.Parse(value.Literal, null))}",
        QueryFieldKind.Address when value.HasWildcards => Text(EventColumns.AddressText(field), value),
        QueryFieldKind.Address => AddressSql.In(EventColumns.Of(field), value.Literal, parameters),
        QueryFieldKind.Flag => $"{EventColumns.Of(field)} = {value.Literal}",
        QueryFieldKind.Finding => Found(Text(EventColumns.Of(field), value)),
        QueryFieldKind.Id => Id(value),
        QueryFieldKind.Path => new PathSql(parameters).Any(field, leaf => Text(leaf, value)),
        _ => throw new NotSupportedException($"a kind of field without SQL: {field.Kind}"),
    };

    // The second condition follows from the first, but only the second is seen by the index; it is asked of the few that meet the first.
    private string Has(QueryField field, string literal)
    {
        var has = $"has({EventColumns.Of(field)}, {parameters.Add(literal)})";
        return DerivedSql.IsReadFromJson(field.Name) && new TextSql(parameters).HasIds(literal) is { } ids ? $"({has} AND {ids})" : has;
    }

    private string Exists(QueryField field) => field.Kind switch
    {
        QueryFieldKind.Text => $"{EventColumns.Of(field)} != ''",
        QueryFieldKind.List => $"notEmpty({EventColumns.Of(field)})",
        QueryFieldKind.Number => $"{EventColumns.Of(field)} != 0",
        QueryFieldKind.Address => $"{EventColumns.Of(field)} != toIPv6('::')",
        QueryFieldKind.Finding => Found($"{EventColumns.Of(field)} != ''"),
        QueryFieldKind.Time or QueryFieldKind.Flag or QueryFieldKind.Id => "true",
        QueryFieldKind.Path => new PathSql(parameters).Any(field, _ => "true"),
        _ => throw new NotSupportedException($"a kind of field without SQL: {field.Kind}"),
    };

    private string Compare(CompareNode compare)
    {
        var symbol = compare.Comparison switch
        {
            Comparison.Less => "<",
            Comparison.LessOrEqual => "<=",
            Comparison.Greater => ">",
            Comparison.GreaterOrEqual => ">=",
            _ => throw new NotSupportedException($"a comparison without SQL: {compare.Comparison}"),
        };
        switch (compare.Field.Kind)
        {
            case QueryFieldKind.Number:
                return $"{EventColumns.Of(compare.Field)} {symbol} {parameters.Add(ulong.Parse(compare.Value, null))}";
            case QueryFieldKind.Time when QueryValueRules.TryTime(compare.Value, out var time):
                return $"{EventColumns.Of(compare.Field)} {symbol} {parameters.Add(time)}";
            case QueryFieldKind.Path when QueryValueRules.TryDecimal(compare.Value, out var number):
                var value = parameters.Add(number);
                return new PathSql(parameters).Any(compare.Field, leaf => $"ifNull(toFloat64OrNull({leaf}) {symbol} {value}, false)");
            default:
                throw new NotSupportedException($"a comparison the parser does not make: {compare}");
        }
    }

    private string Text(string expression, QueryValue value) => value.HasWildcards
        ? $"{expression} LIKE {parameters.Add(LikePattern.Of(value))}"
        : $"{expression} = {parameters.Add(value.Literal)}";

    private string Found(string condition)
    {
        var conditions = EventSql.InRange(range, parameters).Append(condition);
        return $"(server, seq) GLOBAL IN (SELECT server, seq FROM findings WHERE {string.Join(" AND ", conditions)})";
    }

    private string Id(QueryValue value)
    {
        if (value.HasWildcards)
            return Text("concat(server, '-', toString(seq))", value);
        return EventId.TryParse(value.Literal, out var id)
            ? $"(server = {parameters.Add(id.Server)} AND seq = {parameters.Add(id.Sequence)})"
            : "false";
    }
}
