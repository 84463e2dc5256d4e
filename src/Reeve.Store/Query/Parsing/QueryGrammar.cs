namespace Reeve.Store.Query.Parsing;

/// <summary>
/// One run of the recursive descent over one text. A rule that fails answers null and leaves <see cref="Error"/>;
/// the first error wins.
/// </summary>
internal ref struct QueryGrammar(ReadOnlySpan<char> text)
{
    private QueryCursor _cursor = new(text);
    private int _depth;
    private int _terms;

    public readonly QueryError? Error => _cursor.Error;

    public QueryNode? Parse()
    {
        _cursor.SkipSpace();
        if (_cursor.AtEnd)
            return null;
        var filter = ParseAny(field: null);
        if (filter is not null && !_cursor.AtEnd)
            return Fail("the end or another term");
        return filter;
    }

    // `field` is set inside `field:( … )`, where terms are values of that field.
    private QueryNode? ParseAny(QueryField? field)
    {
        var operands = new List<QueryNode>();
        do
        {
            if (ParseAll(field) is not { } operand)
                return null;
            operands.Add(operand);
        }
        while (_cursor.TryTakeOperator("or"));
        return OrNode.Of(operands);
    }

    private QueryNode? ParseAll(QueryField? field)
    {
        var operands = new List<QueryNode>();
        do
        {
            if (ParseTerm(field) is not { } operand)
                return null;
            operands.Add(operand);
        }
        while (_cursor.TryTakeOperator("and") || !(_cursor.AtEnd || _cursor.Peek == ')' || _cursor.IsOperator("or")));
        return AndNode.Of(operands);
    }

    private QueryNode? ParseTerm(QueryField? field)
    {
        if (_depth >= QueryLimits.Depth)
            return Fail($"at most {QueryLimits.Depth} parentheses and negations inside each other");
        _depth++;
        var node = ParseTermInside(field);
        _depth--;
        _cursor.SkipSpace();
        return node;
    }

    private QueryNode? ParseTermInside(QueryField? field)
    {
        if (_cursor.TryTakeOperator("not") || _cursor.TryTakeMinus())
            return ParseTerm(field) is { } operand ? new NotNode(operand) : null;
        if (_cursor.TryTake('('))
            return ParseGroup(field);
        if (_cursor.AtEnd || _cursor.Peek == ')' || _cursor.IsAnyOperator())
            return Fail(field is null ? "a word, field:value or '('" : $"a value of '{field.Name}' or '('");
        if (++_terms > QueryLimits.Terms)
            return Fail($"at most {QueryLimits.Terms} terms");
        if (field is not null)
            return ParseValue(field);
        return _cursor.TryTakeFieldName(out var name, out var column) ? ParseField(name, column) : ParseText();
    }

    private QueryNode? ParseGroup(QueryField? field)
    {
        _cursor.SkipSpace();
        if (ParseAny(field) is not { } inner)
            return null;
        return _cursor.TryTake(')') ? inner : Fail("')'");
    }

    private QueryNode? ParseField(string name, int column)
    {
        if (QueryFields.Find(name) is not { } field)
        {
            var nearest = QueryFields.Nearest(name);
            return Fail(column, $"the unknown field '{name}'", nearest is null ? "a known field, or the word in quotes" : $"'{nearest}'");
        }

        if (!_cursor.TryTake('('))
            return ParseValue(field);
        if (_depth >= QueryLimits.Depth)
            return Fail($"at most {QueryLimits.Depth} parentheses and negations inside each other");
        return ParseGroup(field);
    }

    private QueryNode? ParseValue(QueryField field)
    {
        var column = _cursor.Column;
        if (_cursor.TryTakeComparison(out var comparison))
            return ParseComparison(field, comparison, column);
        if (!_cursor.TryTakeValue(out var value))
            return Fail($"a value after '{field.Name}:'");
        if (value.Pattern == "*")
            return new ExistsNode(field);
        return QueryValueRules.Expected(field, value) is { } expected
            ? Fail(column, $"'{value.Literal}'", expected)
            : new MatchNode(field, value);
    }

    private QueryNode? ParseComparison(QueryField field, Comparison comparison, int column)
    {
        if (!QueryValueRules.CanCompare(field))
            return Fail(column, "a comparison", $"a value: '{field.Name}' is neither a number nor a time");
        column = _cursor.Column;
        if (!_cursor.TryTakeValue(out var value))
            return Fail("a number or a time");
        return QueryValueRules.ExpectedInComparison(field, value) is { } expected
            ? Fail(column, $"'{value.Literal}'", expected)
            : new CompareNode(field, comparison, value.Literal);
    }

    private QueryNode? ParseText() => _cursor.TryTakeValue(out var value) ? new TextNode(value) : Fail("a word");

    private QueryNode? Fail(string expected)
    {
        _cursor.Fail(_cursor.Column, _cursor.Describe(), expected);
        return null;
    }

    private QueryNode? Fail(int column, string found, string expected)
    {
        _cursor.Fail(column, found, expected);
        return null;
    }
}
