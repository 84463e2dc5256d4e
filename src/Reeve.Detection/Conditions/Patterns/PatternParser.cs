using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Reeve.Detection.Conditions.Patterns;

/// <summary>
/// Reads regular expressions that .NET has found to be such, but for what cannot run without going back. What an atom stands for
/// is left to .NET; only its extent matters here.
/// </summary>
internal sealed class PatternParser
{
    /// <summary>The most of one count.</summary>
    public const int MostRepeats = 1000;

    private const int Deepest = 100;
    private const string GoesBack = "the pattern looks around, refers back or takes a form that cannot run; those that can are made of . ^ $ * + ? {n,m} [ ] | ( )";
    private const string HasComments = "the pattern has comments or ignores blanks, which Sigma's cannot";

    private readonly Dictionary<(string, RegexOptions), CharacterSet> _sets = [];
    private readonly string _pattern;
    private RegexOptions _flags;
    private int _at;

    private PatternParser(string pattern, RegexOptions flags) => (_pattern, _flags) = (pattern, flags);

    /// <summary>Reads one.</summary>
    /// <exception cref="PatternException">It cannot run.</exception>
    public static PatternNode Parse(string pattern, RegexOptions flags) => new PatternParser(pattern, flags).Either(0);

    private PatternNode Either(int depth)
    {
        if (depth > Deepest)
            throw new PatternException($"the pattern is nested more than {Deepest} deep");
        var parts = ImmutableArray.CreateBuilder<PatternNode>();
        parts.Add(Row(depth));
        while (TryTake('|'))
            parts.Add(Row(depth));
        return parts.Count == 1 ? parts[0] : new PatternNode.Either(parts.ToImmutable());
    }

    private PatternNode.Row Row(int depth)
    {
        var parts = ImmutableArray.CreateBuilder<PatternNode>();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            if (Atom(depth) is { } atom)
                parts.Add(Repeated(atom));
        }

        return new PatternNode.Row(parts.ToImmutable());
    }

    // Null for flags that are set for what follows.
    private PatternNode? Atom(int depth)
    {
        var c = _pattern[_at];
        if (c == '(')
            return Group(depth);
        if (c is '^' or '$')
        {
            _at++;
            var lines = _flags.HasFlag(RegexOptions.Multiline);
            return new PatternNode.At(c == '^' ? lines ? PatternPlace.LineStart : PatternPlace.Start : lines ? PatternPlace.LineEnd : PatternPlace.LastLineEnd);
        }

        if (c == '\\')
            return Escape();
        var start = _at;
        if (c == '[')
            SkipClass();
        else
            _at++;
        return One(c is '{' or '}' or ']' ? "\\" + c : _pattern[start.._at]);
    }

    private PatternNode? Group(int depth)
    {
        _at++;
        var before = _flags;
        if (TryTake('?'))
        {
            if (_at < _pattern.Length && _pattern[_at] == '#')
                throw new PatternException(HasComments);
            if (!IsName() && TakesFlags())
                return null;
        }

        var inner = Either(depth + 1);
        _at++;
        _flags = before;
        return inner;
    }

    // "<name>" and "'name'", which say nothing here; "<=" and "<!" look back.
    private bool IsName()
    {
        if (_at + 1 >= _pattern.Length || _pattern[_at] is not ('<' or '\''))
            return false;
        var end = _pattern.IndexOf(_pattern[_at] == '<' ? '>' : '\'', _at + 1);
        if (_pattern[_at + 1] is '=' or '!' || end < 0 || _pattern.AsSpan(_at, end - _at).Contains('-'))
            throw new PatternException(GoesBack);
        _at = end + 1;
        return true;
    }

    // Whether they hold for what follows, as in "(?i)", and not for a group, as in "(?i:a)".
    private bool TakesFlags()
    {
        for (var isOn = true; ; _at++)
        {
            var flag = _pattern[_at] switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'n' or '+' or '-' or ':' or ')' => RegexOptions.None,
                'x' => throw new PatternException(HasComments),
                _ => throw new PatternException(GoesBack),
            };
            if (_pattern[_at] is ':' or ')')
                return _pattern[_at++] == ')';
            isOn = _pattern[_at] switch { '-' => false, '+' => true, _ => isOn };
            _flags = isOn ? _flags | flag : _flags & ~flag;
        }
    }

    private PatternNode Escape()
    {
        var start = _at++;
        var c = _pattern[_at++];
        switch (c)
        {
            case 'A': return new PatternNode.At(PatternPlace.Start);
            case 'z': return new PatternNode.At(PatternPlace.End);
            case 'Z': return new PatternNode.At(PatternPlace.LastLineEnd);
            case 'b': return new PatternNode.At(PatternPlace.WordBoundary);
            case 'B': return new PatternNode.At(PatternPlace.NoWordBoundary);
            case 'G' or 'k' or (>= '1' and <= '9'): throw new PatternException(GoesBack);
            case 'p' or 'P': _at = _pattern.IndexOf('}', _at) + 1; break;
            case 'x': _at += 2; break;
            case 'u': _at += 4; break;
            case 'c': _at++; break;
            case '0':
                for (var digits = 1; digits < 3 && _at < _pattern.Length && _pattern[_at] is >= '0' and <= '7'; digits++)
                    _at++;
                break;
        }

        return One(_pattern[start.._at]);
    }

    // A bracket that comes first is one of the characters; one behind a minus begins what is taken away again.
    private void SkipClass()
    {
        _at++;
        _ = TryTake('^');
        _ = TryTake(']');
        while (_pattern[_at] != ']')
        {
            if (_pattern[_at] == '[' && _pattern[_at + 1] == ':')
                throw new PatternException("the pattern has a class like [:alpha:], which this language does not know; write [a-zA-Z]");
            if (_pattern[_at] == '[' && _pattern[_at - 1] == '-')
                SkipClass();
            else
                _at += _pattern[_at] == '\\' ? 2 : 1;
        }

        _at++;
    }

    private PatternNode.One One(string atom)
    {
        var key = (atom, _flags & (RegexOptions.IgnoreCase | RegexOptions.Singleline));
        if (!_sets.TryGetValue(key, out var set))
            _sets.Add(key, set = new CharacterSet(atom, key.Item2));
        return new PatternNode.One(set);
    }

    private PatternNode Repeated(PatternNode atom)
    {
        if (_at >= _pattern.Length || Count() is not var (least, most))
            return atom;
        // Whether it takes as much as it can or as little changes where a match ends, not whether there is one.
        _ = TryTake('?');
        if (least > MostRepeats || most > MostRepeats)
            throw new PatternException($"the pattern repeats something more than {MostRepeats} times");
        return new PatternNode.Repeat(atom, least, most);
    }

    private (int Least, int? Most)? Count()
    {
        switch (_pattern[_at])
        {
            case '*': _at++; return (0, null);
            case '+': _at++; return (1, null);
            case '?': _at++; return (0, 1);
        }

        var end = _pattern[_at] == '{' ? _pattern.IndexOf('}', _at) : -1;
        if (end < 0)
            return null;
        var counts = _pattern[(_at + 1)..end].Split(',');
        if (counts.Length > 2 || counts[0].Length == 0 || !Array.TrueForAll(counts, count => count.All(char.IsAsciiDigit)))
            return null;
        _at = end + 1;
        return (Number(counts[0]), counts.Length == 1 ? Number(counts[0]) : counts[1].Length == 0 ? null : Number(counts[1]));
    }

    private static int Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    private bool TryTake(char mark)
    {
        if (_at >= _pattern.Length || _pattern[_at] != mark)
            return false;
        _at++;
        return true;
    }
}
