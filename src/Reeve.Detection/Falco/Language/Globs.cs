using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Reeve.Detection.Conditions;
using Reeve.Detection.Conditions.Patterns;

namespace Reeve.Detection.Falco.Language;

/// <summary>Shell patterns (fnmatch): stars, question marks and sets of characters.</summary>
internal static class Globs
{
    /// <summary>The test of a pattern.</summary>
    /// <exception cref="PatternException">It is too large.</exception>
    public static ValueTest Parse(string pattern, bool cased)
    {
        if (pattern.Contains('[', StringComparison.Ordinal) && AsRegex(pattern, cased) is { } expression)
            return expression;
        var pieces = ImmutableArray.CreateBuilder<LikePiece>();
        var plain = new StringBuilder();
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] is not ('*' or '?'))
            {
                plain.Append(pattern[at] == '\\' && at + 1 < pattern.Length ? pattern[++at] : pattern[at]);
                continue;
            }

            if (plain.Length > 0)
                pieces.Add(new LikePiece(LikeKind.Text, plain.ToString()));
            plain.Clear();
            pieces.Add(new LikePiece(pattern[at] == '*' ? LikeKind.Many : LikeKind.One));
        }

        if (plain.Length > 0)
            pieces.Add(new LikePiece(LikeKind.Text, plain.ToString()));
        return new ValueTest.Like(pieces.ToImmutable(), cased);
    }

    // Null where the brackets are none of a set, and stand for themselves.
    private static ValueTest.Matches? AsRegex(string pattern, bool cased)
    {
        var expression = new StringBuilder(@"\A");
        for (var at = 0; at < pattern.Length; at++)
        {
            var end = pattern[at] == '[' ? pattern.IndexOf(']', Math.Min(pattern.Length, at + 2)) : -1;
            if (end > 0)
            {
                var set = pattern[(at + 1)..end].Replace(@"\", @"\\", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal);
                expression.Append('[').Append(set[0] == '!' ? "^" + set[1..] : set).Append(']');
                at = end;
            }
            else
            {
                expression.Append(pattern[at] switch { '*' => ".*", '?' => ".", var c => Regex.Escape(c.ToString()) });
            }
        }

        try
        {
            var test = new ValueTest.Matches(expression.Append(@"\z").ToString(), IgnoreCase: !cased, Multiline: false, Singleline: true);
            _ = SafePattern.Compile(test);
            return test;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
