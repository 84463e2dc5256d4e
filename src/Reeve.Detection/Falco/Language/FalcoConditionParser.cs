using System.Collections.Immutable;
using System.Text;

namespace Reeve.Detection.Falco.Language;

/// <summary>Reads conditions by recursive descent, to a bounded depth: <c>or</c> binds least, then <c>and</c>, then <c>not</c>.</summary>
internal sealed class FalcoConditionParser
{
    private const int Deepest = 100;
    private const int LongestCondition = 256 << 10;

    private static readonly string[] Symbols = ["==", "!=", "<=", ">=", "=", "<", ">"];

    private static readonly string[] Words =
    [
        "contains", "icontains", "bcontains", "startswith", "bstartswith", "endswith", "glob", "iglob", "regex", "in", "intersects", "pmatch", "exists",
    ];

    /// <summary>Every operator.</summary>
    public static IEnumerable<string> Operators => Symbols.Concat(Words);

    private readonly string _text;
    private int _at;

    private FalcoConditionParser(string text) => _text = text;

    /// <summary>Reads a condition.</summary>
    /// <exception cref="FalcoSyntaxException">It is none.</exception>
    public static FalcoCondition Parse(string text)
    {
        if (text.Length > LongestCondition)
            throw new FalcoSyntaxException(0, $"the condition has {text.Length} characters; {LongestCondition} are the most");
        var parser = new FalcoConditionParser(text);
        var condition = parser.Or(0);
        parser.SkipSpace();
        return parser._at == text.Length ? condition : throw parser.Unexpected("'and', 'or' or the end");
    }

    private FalcoCondition Or(int depth) => Chain("or", () => And(depth), parts => new FalcoCondition.Or(parts));

    private FalcoCondition And(int depth) => Chain("and", () => Not(depth), parts => new FalcoCondition.And(parts));

    private FalcoCondition Chain(string word, Func<FalcoCondition> part, Func<ImmutableArray<FalcoCondition>, FalcoCondition> join)
    {
        var parts = ImmutableArray.CreateBuilder<FalcoCondition>();
        parts.Add(part());
        while (TryWord(word))
            parts.Add(part());
        return parts.Count == 1 ? parts[0] : join(parts.ToImmutable());
    }

    private FalcoCondition Not(int depth)
    {
        if (depth > Deepest)
            throw new FalcoSyntaxException(_at, $"the condition is nested more than {Deepest} deep");
        if (TryWord("not"))
            return new FalcoCondition.Not(Not(depth + 1));
        SkipSpace();
        if (!TryMark('('))
            return Check();
        var inner = Or(depth + 1);
        SkipSpace();
        return TryMark(')') ? inner : throw Unexpected("')'");
    }

    private FalcoCondition Check()
    {
        SkipSpace();
        var at = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-' or '.'))
            _at++;
        if (_at == at)
            throw Unexpected("a field, a macro, 'not' or '('");
        var name = _text[at.._at];
        var argument = Argument();
        if (Operator() is not { } operation)
        {
            return argument is null && !name.Contains('.', StringComparison.Ordinal)
                ? new FalcoCondition.Macro(name, at)
                : throw Unexpected($"an operator behind '{name}': {string.Join(' ', Symbols)} {string.Join(' ', Words)}");
        }

        return new FalcoCondition.Check(name, argument, operation, Values(operation), at);
    }

    private string? Argument()
    {
        if (!TryMark('['))
            return null;
        var start = _at;
        var end = _text.IndexOf(']', _at);
        if (end < 0)
            throw new FalcoSyntaxException(start, "a ']' is missing behind the argument");
        _at = end + 1;
        return _text[start..end].Trim('"', '\'');
    }

    private string? Operator()
    {
        SkipSpace();
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(_text, _at, symbol, 0, symbol.Length) == 0)
            {
                _at += symbol.Length;
                return symbol;
            }
        }

        return Words.FirstOrDefault(TryWord);
    }

    private ImmutableArray<FalcoValue> Values(string operation)
    {
        if (operation == "exists")
            return [];
        if (operation is not ("in" or "intersects" or "pmatch"))
            return [Value()];
        SkipSpace();
        if (!TryMark('('))
            throw Unexpected($"'(' with the values behind '{operation}'");
        var values = ImmutableArray.CreateBuilder<FalcoValue>();
        for (SkipSpace(); !TryMark(')'); SkipSpace())
        {
            values.Add(Value());
            SkipSpace();
            if (!TryMark(',') && (_at >= _text.Length || _text[_at] != ')'))
                throw Unexpected("',' or ')'");
        }

        return values.ToImmutable();
    }

    private FalcoValue Value()
    {
        SkipSpace();
        if (_at < _text.Length && _text[_at] is '"' or '\'')
            return new FalcoValue(Quoted(_text[_at++]), IsQuoted: true);
        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not ('(' or ')' or ','))
            _at++;
        return _at > start ? new FalcoValue(_text[start.._at], IsQuoted: false) : throw Unexpected("a value");
    }

    private string Quoted(char quote)
    {
        var (start, value) = (_at, new StringBuilder());
        while (_at < _text.Length && _text[_at] != quote)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length && (_text[_at + 1] == quote || _text[_at + 1] == '\\'))
                _at++;
            value.Append(_text[_at++]);
        }

        if (_at++ >= _text.Length)
            throw new FalcoSyntaxException(start - 1, $"the closing {quote} is missing");
        return value.ToString();
    }

    private bool TryWord(string word)
    {
        SkipSpace();
        var end = _at + word.Length;
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0 || (end < _text.Length && !char.IsWhiteSpace(_text[end]) && _text[end] is not ('(' or ')')))
            return false;
        _at = end;
        return true;
    }

    private bool TryMark(char mark)
    {
        if (_at >= _text.Length || _text[_at] != mark)
            return false;
        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    private FalcoSyntaxException Unexpected(string expected)
    {
        SkipSpace();
        if (_at >= _text.Length)
            return new FalcoSyntaxException(_text.Length, $"the condition ends here; expected {expected}");
        var end = _at + 1;
        while (end < _text.Length && end - _at < 30 && !char.IsWhiteSpace(_text[end]))
            end++;
        return new FalcoSyntaxException(_at, $"found '{_text[_at..end]}'; expected {expected}");
    }
}
