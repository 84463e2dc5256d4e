using System.Globalization;

namespace Reeve.Detection.Conditions.Patterns;

/// <summary>
/// How large a regular expression becomes when what it counts is written out. An automaton of many states takes time with every
/// character even though it never goes back, most of all where one counted repetition stands within another.
/// </summary>
internal sealed class PatternSize
{
    /// <summary>The most of one count.</summary>
    public const int MostRepeats = 1000;

    /// <summary>The most of the whole pattern, written out.</summary>
    public const int Most = 5000;

    /// <summary>The most of a counted repetition with another repetition in it, written out.</summary>
    public const int MostNested = 100;

    private readonly string _pattern;
    private int _at;

    private PatternSize(string pattern) => _pattern = pattern;

    /// <summary>What makes the pattern too large, in words; null where it is not. Says nothing of whether it is a pattern at all.</summary>
    public static string? Fault(string pattern)
    {
        var scan = new PatternSize(pattern);
        var open = new Stack<Part>();
        var whole = new Part(0, Repeats: false);
        while (scan._at < pattern.Length)
        {
            if (scan.TakesComments())
                return "the pattern has comments or ignores blanks, which Sigma's cannot";
            switch (pattern[scan._at])
            {
                case '(':
                    open.Push(whole);
                    whole = new Part(0, Repeats: false);
                    scan._at++;
                    continue;
                case ')' when open.Count > 0:
                    scan._at++;
                    if (scan.Repeated(whole, out var group) is { } fault)
                        return fault;
                    whole = open.Pop().And(group);
                    continue;
                default:
                    scan.SkipAtom();
                    if (scan.Repeated(new Part(1, Repeats: false), out var atom) is { } wrong)
                        return wrong;
                    whole = whole.And(atom);
                    break;
            }
        }

        return whole.Size > Most ? TooLarge : null;
    }

    private static string TooLarge => $"the pattern stands for more than {Most} characters where what it counts is written out";

    private string? Repeated(Part inner, out Part outer)
    {
        outer = inner;
        while (_at < _pattern.Length && Count() is { } count)
        {
            if (count > MostRepeats)
                return $"the pattern repeats something more than {MostRepeats} times";
            if (count > 1 && outer.Repeats && outer.Size * count > MostNested)
                return $"the pattern counts what repeats itself: written out, that may have {MostNested} characters at most";
            outer = new Part(outer.Size * count, Repeats: true);
            if (outer.Size > Most)
                return TooLarge;
        }

        return null;
    }

    // How often what stands before is written out; null where no quantifier follows.
    private long? Count()
    {
        if (_pattern[_at] is '*' or '+' or '?')
        {
            _at++;
            return 1;
        }

        var end = _pattern[_at] == '{' ? _pattern.IndexOf('}', _at) : -1;
        if (end < 0)
            return null;
        var counts = _pattern[(_at + 1)..end].Split(',');
        if (counts.Length > 2 || counts[0].Length == 0 || !Array.TrueForAll(counts, count => count.All(char.IsAsciiDigit)))
            return null;
        _at = end + 1;
        return counts.Max(count => count.Length == 0 ? 0 : int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue);
    }

    private void SkipAtom()
    {
        if (_pattern[_at] == '[')
        {
            SkipClass();
            return;
        }

        _at += _pattern[_at] == '\\' ? 2 : 1;
        _at = Math.Min(_at, _pattern.Length);
    }

    // A bracket that comes first in a class is one of its characters.
    private void SkipClass()
    {
        _at += _at + 1 < _pattern.Length && _pattern[_at + 1] == '^' ? 2 : 1;
        if (_at < _pattern.Length && _pattern[_at] == ']')
            _at++;
        while (_at < _pattern.Length && _pattern[_at] != ']')
            _at += _pattern[_at] == '\\' ? 2 : 1;
        _at = Math.Min(_at + 1, _pattern.Length);
    }

    // "(?#", and "x" among the letters of "(?ix-m": what stands there would have to be read in another way.
    private bool TakesComments()
    {
        if (!_pattern.AsSpan(_at).StartsWith("(?", StringComparison.Ordinal))
            return false;
        var letters = _pattern.AsSpan(_at + 2);
        if (letters.StartsWith("#", StringComparison.Ordinal))
            return true;
        var end = letters.IndexOfAnyExcept("imnsx-".AsSpan());
        return end > 0 && letters[end] is ')' or ':' && letters[..end].Contains('x');
    }

    private readonly record struct Part(long Size, bool Repeats)
    {
        public Part And(Part next) => new(Size + next.Size, Repeats || next.Repeats);
    }
}
