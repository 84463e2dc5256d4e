using System.Text;

namespace Reeve.Store.Query.Parsing;

/// <summary>
/// A value as typed. <see cref="Pattern"/> has wildcards <c>*</c> (any run) and <c>?</c> (one character);
/// the characters <c>* ? \</c> themselves are written with a backslash before them.
/// </summary>
public sealed record QueryValue
{
    private QueryValue(string pattern) => Pattern = pattern;

    /// <summary>The value in pattern form.</summary>
    public string Pattern { get; }

    /// <summary>Whether an unescaped <c>*</c> or <c>?</c> is in it.</summary>
    public bool HasWildcards
    {
        get
        {
            for (var i = 0; i < Pattern.Length; i++)
            {
                if (Pattern[i] is '*' or '?')
                    return true;
                if (Pattern[i] == '\\')
                    i++;
            }

            return false;
        }
    }

    /// <summary>The value without its escapes; meaningful where <see cref="HasWildcards"/> is false.</summary>
    public string Literal
    {
        get
        {
            if (!Pattern.Contains('\\'))
                return Pattern;
            var text = new StringBuilder(Pattern.Length);
            for (var i = 0; i < Pattern.Length; i++)
            {
                if (Pattern[i] == '\\')
                    i++;
                text.Append(Pattern[i]);
            }

            return text.ToString();
        }
    }

    /// <summary>A value without wildcards.</summary>
    public static QueryValue Exactly(string text)
    {
        var pattern = new StringBuilder(text.Length);
        foreach (var c in text)
            AppendLiteral(pattern, c);
        return new QueryValue(pattern.ToString());
    }

    /// <summary>A value from its pattern form; a trailing lone backslash stands for itself.</summary>
    public static QueryValue FromPattern(string pattern)
    {
        var clean = new StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
                AppendLiteral(clean, i + 1 < pattern.Length ? pattern[++i] : '\\');
            else if (pattern[i] != '*' || clean.Length == 0 || !EndsInStar(clean))
                clean.Append(pattern[i]);
        }

        return new QueryValue(clean.ToString());
    }

    private static void AppendLiteral(StringBuilder pattern, char c)
    {
        if (c is '*' or '?' or '\\')
            pattern.Append('\\');
        pattern.Append(c);
    }

    // Two stars mean what one means, and a run of them would make matching slow.
    private static bool EndsInStar(StringBuilder pattern)
    {
        if (pattern[^1] != '*')
            return false;
        var backslashes = 0;
        for (var i = pattern.Length - 2; i >= 0 && pattern[i] == '\\'; i--)
            backslashes++;
        return backslashes % 2 == 0;
    }
}
