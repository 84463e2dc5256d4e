using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Reeve.Store.Query.Parsing;

/// <summary>A position in the text, and the pieces that can be taken there.</summary>
internal ref struct QueryCursor(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    public QueryError? Error { get; private set; }

    public readonly bool AtEnd => _at >= _text.Length;

    public readonly char Peek => AtEnd ? '\0' : _text[_at];

    /// <summary>1-based.</summary>
    public readonly int Column => _at + 1;

    /// <summary>What stands here, for an error.</summary>
    public readonly string Describe() => AtEnd ? "the end" : $"'{Word()}'";

    public void Fail(int column, string found, string expected) => Error ??= new QueryError(column, found, expected);

    public void SkipSpace()
    {
        while (!AtEnd && QueryWords.IsSpace(_text[_at]))
            _at++;
    }

    public bool TryTake(char c)
    {
        if (Peek != c || AtEnd)
            return false;
        _at++;
        return true;
    }

    /// <summary>Takes a minus that stands right before a term: <c>-verb:get</c>.</summary>
    public bool TryTakeMinus()
    {
        if (Peek != '-' || _at + 1 >= _text.Length || QueryWords.IsSpace(_text[_at + 1]) || _text[_at + 1] == ')')
            return false;
        _at++;
        return true;
    }

    public readonly bool IsOperator(string name) => Word().Equals(name, StringComparison.OrdinalIgnoreCase);

    public readonly bool IsAnyOperator() => QueryWords.IsOperator(Word());

    public bool TryTakeOperator(string name)
    {
        if (!IsOperator(name))
            return false;
        _at += name.Length;
        SkipSpace();
        return true;
    }

    public bool TryTakeComparison(out Comparison comparison)
    {
        comparison = Peek == '<' ? Comparison.Less : Comparison.Greater;
        if (Peek is not ('<' or '>'))
            return false;
        _at++;
        if (TryTake('='))
            comparison = comparison == Comparison.Less ? Comparison.LessOrEqual : Comparison.GreaterOrEqual;
        return true;
    }

    /// <summary>Takes <c>name:</c>, if the word here has that form. A path may hold quoted segments: <c>annotations."a.b/c":</c>.</summary>
    public bool TryTakeFieldName([NotNullWhen(true)] out string? name, out int column)
    {
        name = null;
        column = Column;
        if (!char.IsAsciiLetter(Peek))
            return false;
        for (var i = _at; i < _text.Length && !QueryWords.EndsWord(_text[i]); i++)
        {
            if (_text[i] == ':')
            {
                name = _text[_at..i].ToString();
                _at = i + 1;
                return true;
            }

            if (_text[i] == '\\')
                return false;
            if (_text[i] != '"')
                continue;
            var end = _text[(i + 1)..].IndexOf('"');
            if (_text[i - 1] != '.' || end < 0)
                return false;
            i += end + 1;
        }

        return false;
    }

    /// <summary>Takes a bare or quoted value; false, perhaps with an error, where none stands.</summary>
    public bool TryTakeValue([NotNullWhen(true)] out QueryValue? value)
    {
        value = null;
        if (Peek == '"')
            return TryTakeQuoted(out value);
        var start = _at;
        while (!AtEnd && !QueryWords.EndsWord(_text[_at]))
        {
            if (_text[_at] == '"')
            {
                Fail(Column, "'\"' inside a value", "quotes around the whole value, or '\\\"'");
                return false;
            }

            _at += _text[_at] == '\\' && _at + 1 < _text.Length ? 2 : 1;
        }

        if (_at == start)
            return false;
        value = QueryValue.FromPattern(_text[start.._at].ToString());
        return true;
    }

    private bool TryTakeQuoted([NotNullWhen(true)] out QueryValue? value)
    {
        var opening = Column;
        var literal = new StringBuilder();
        for (_at++; !AtEnd; _at++)
        {
            if (_text[_at] == '"')
            {
                _at++;
                value = QueryValue.Exactly(literal.ToString());
                return true;
            }

            if (_text[_at] == '\\' && _at + 1 < _text.Length)
                _at++;
            literal.Append(_text[_at]);
        }

        value = null;
        Fail(Column, "the end", $"'\"' to close the quote of column {opening}");
        return false;
    }

    private readonly ReadOnlySpan<char> Word()
    {
        var end = _at;
        while (end < _text.Length && !QueryWords.EndsWord(_text[end]))
            end++;
        return end == _at && !AtEnd ? _text.Slice(_at, 1) : _text[_at..end];
    }
}
