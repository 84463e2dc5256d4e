using Reeve.Detection.Rules;
using Reeve.Detection.Sigma.Detections;

namespace Reeve.Detection.Sigma.Correlations;

/// <summary>The condition of a temporal correlation in words: names of rules with <c>and</c>, <c>or</c>, <c>not</c> and brackets.</summary>
internal sealed class ExpressionParser
{
    private const int Deepest = 50;

    private readonly List<ConditionWord> _words;
    private readonly Func<string, string?> _idOf;
    private readonly Func<string, RuleFormatException> _wrong;
    private int _at;

    private ExpressionParser(string text, Func<string, string?> idOf, Func<string, RuleFormatException> wrong) =>
        (_words, _idOf, _wrong) = (ConditionWord.Split(text), idOf, wrong);

    /// <summary>Reads it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="idOf">The id of a rule by its id or name; null where the correlation does not refer to it.</param>
    /// <param name="wrong">Makes an error of a message.</param>
    public static CorrelationExpression Parse(string text, Func<string, string?> idOf, Func<string, RuleFormatException> wrong)
    {
        var parser = new ExpressionParser(text, idOf, wrong);
        if (parser._words.Count > SigmaLimits.ExpressionWords)
            throw wrong($"the condition has {parser._words.Count} words; {SigmaLimits.ExpressionWords} are the most");
        var expression = parser.Or(0);
        return parser._at == parser._words.Count ? expression : throw wrong($"found '{parser._words[parser._at].Text}'; expected 'and', 'or' or the end");
    }

    private CorrelationExpression Or(int depth)
    {
        var left = And(depth);
        while (TryTake("or"))
            left = new CorrelationExpression.Or(left, And(depth));
        return left;
    }

    private CorrelationExpression And(int depth)
    {
        var left = Not(depth);
        while (TryTake("and"))
            left = new CorrelationExpression.And(left, Not(depth));
        return left;
    }

    private CorrelationExpression Not(int depth)
    {
        if (depth > Deepest)
            throw _wrong($"the condition is nested more than {Deepest} deep");
        if (TryTake("not"))
            return new CorrelationExpression.Not(Not(depth + 1));
        if (TryTake("("))
        {
            var inner = Or(depth + 1);
            return TryTake(")") ? inner : throw _wrong("a ')' is missing");
        }

        var word = _at < _words.Count ? _words[_at++] : throw _wrong("the condition ends where the name of a rule is expected");
        return new CorrelationExpression.Rule(_idOf(word.Text) ?? throw _wrong($"'{word.Text}' is none of the rules it correlates"));
    }

    private bool TryTake(string word)
    {
        if (_at >= _words.Count || !_words[_at].Is(word))
            return false;
        _at++;
        return true;
    }
}
