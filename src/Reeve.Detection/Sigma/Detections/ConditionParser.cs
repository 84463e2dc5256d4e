using System.Collections.Immutable;
using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma.Modifiers;

namespace Reeve.Detection.Sigma.Detections;

/// <summary>
/// The condition of a rule (Sigma rules specification, Condition): <c>or</c>, <c>and</c>, <c>not</c>, brackets, <c>1 of</c> and <c>all of</c>,
/// from the least to the most binding. By recursive descent, to a bounded depth.
/// </summary>
internal sealed class ConditionParser
{
    private const int Deepest = 100;
    private const int LongestCondition = 64 << 10;
    private const int MostNames = 10;

    private readonly IReadOnlyDictionary<string, Condition> _detections;
    private readonly Func<int, string, RuleFormatException> _wrong;
    private readonly ISet<string> _used;
    private readonly List<ConditionWord> _words;
    private readonly int _length;
    private int _at;
    private int _values;

    private ConditionParser(string text, IReadOnlyDictionary<string, Condition> detections, ISet<string> used, Func<int, string, RuleFormatException> wrong)
    {
        (_detections, _used, _wrong, _length) = (detections, used, wrong, text.Length);
        if (text.Length > LongestCondition)
            throw wrong(0, $"the condition has {text.Length} characters; {LongestCondition} are the most");
        _words = ConditionWord.Split(text);
    }

    /// <summary>Reads a condition.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="detections">What its names mean.</param>
    /// <param name="used">Takes the names it refers to.</param>
    /// <param name="wrong">Makes an error of a position in the text, 0-based, and a message.</param>
    public static Condition Parse(string text, IReadOnlyDictionary<string, Condition> detections, ISet<string> used, Func<int, string, RuleFormatException> wrong)
    {
        var parser = new ConditionParser(text, detections, used, wrong);
        var condition = parser.Or(0);
        if (parser._at < parser._words.Count)
            throw parser.Unexpected("'and', 'or' or the end");
        return condition;
    }

    private ConditionWord? Word => _at < _words.Count ? _words[_at] : null;

    private Condition Or(int depth) => Chain("or", () => And(depth), parts => new Condition.Any(parts));

    private Condition And(int depth) => Chain("and", () => Not(depth), parts => new Condition.All(parts));

    private Condition Chain(string operation, Func<Condition> part, Func<ImmutableArray<Condition>, Condition> join)
    {
        var parts = ImmutableArray.Create(part());
        while (TryTake(operation))
            parts = parts.Add(part());
        return parts.Length == 1 ? parts[0] : join(parts);
    }

    private Condition Not(int depth)
    {
        if (depth > Deepest)
            throw _wrong(Word?.Start ?? _length, $"the condition is nested more than {Deepest} deep");
        return TryTake("not") ? new Condition.Not(Not(depth + 1)) : Operand(depth);
    }

    private Condition Operand(int depth)
    {
        if (TryTake("("))
        {
            var inner = Or(depth + 1);
            return TryTake(")") ? inner : throw Unexpected("')'");
        }

        if (Word is not { IsName: true } word)
            throw Unexpected("the name of a detection, 'not', '1 of', 'all of' or '('");
        _at++;
        if (TryTake("of"))
            return Of(word);
        return _detections.ContainsKey(word.Text) ? Use(word, word.Text) : throw _wrong(word.Start, $"there is no detection '{Cut(word.Text)}'; there are {Names}");
    }

    private Condition Of(ConditionWord quantity)
    {
        var isAll = quantity.Is("all");
        if (!isAll && !quantity.Is("any") && quantity.Text != "1")
            throw _wrong(quantity.Start, $"found '{Cut(quantity.Text)} of'; there are '1 of', 'any of' and 'all of', and more than one is for correlation rules to count");
        if (Word is not { IsName: true } pattern)
            throw Unexpected("'them' or a pattern like 'selection*'");
        _at++;
        var names = _detections.Keys.Where(name => pattern.Is("them") ? name[0] != '_' : IsLike(name, pattern.Text)).ToList();
        if (names.Count == 0)
            throw _wrong(pattern.Start, $"no detection is like '{Cut(pattern.Text)}'; there are {Names}");
        ImmutableArray<Condition> parts = [.. names.Select(name => Use(pattern, name))];
        return isAll ? new Condition.All(parts) : new Condition.Any(parts);
    }

    private Condition Use(ConditionWord word, string name)
    {
        _used.Add(name);
        var detection = _detections[name];
        _values += ConditionSize.Of(detection);
        return _values <= SigmaLimits.Values ? detection : throw _wrong(word.Start, $"up to here the condition compares with more than {SigmaLimits.Values} values");
    }

    private string Names =>
        string.Join(", ", _detections.Keys.Take(MostNames).Select(name => $"'{Cut(name)}'")) + (_detections.Count > MostNames ? $" and {_detections.Count - MostNames} more" : "");

    private static string Cut(string text) => text.Length > 80 ? text[..80] + "…" : text;

    private static bool IsLike(string name, string pattern)
    {
        var pieces = pattern.Split('*');
        if (pieces.Length == 1)
            return name == pattern;
        if (!name.StartsWith(pieces[0], StringComparison.Ordinal) || !name.EndsWith(pieces[^1], StringComparison.Ordinal))
            return false;
        var at = pieces[0].Length;
        foreach (var piece in pieces[1..^1])
        {
            var found = name.IndexOf(piece, at, StringComparison.Ordinal);
            if (found < 0)
                return false;
            at = found + piece.Length;
        }

        return at <= name.Length - pieces[^1].Length;
    }

    private bool TryTake(string word)
    {
        if (Word?.Is(word) != true)
            return false;
        _at++;
        return true;
    }

    private RuleFormatException Unexpected(string expected) => Word switch
    {
        null => _wrong(_length, $"the condition ends here; expected {expected}"),
        { Text: "|" } word => _wrong(word.Start, "aggregations behind '|' are no longer part of Sigma; write a correlation rule"),
        var word => _wrong(word.Start, $"found '{Cut(word.Text)}'; expected {expected}"),
    };
}
