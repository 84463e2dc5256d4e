namespace Reeve.Detection.Sigma.Detections;

/// <summary>A word, bracket or bar of a condition.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Start">Where it begins, 0-based.</param>
internal sealed record ConditionWord(string Text, int Start)
{
    /// <summary>Whether it can be a name.</summary>
    public bool IsName => Text is not ("(" or ")" or "|") && !Is("and") && !Is("or") && !Is("not") && !Is("of");

    /// <summary>Whether it is an operator, whose case does not count.</summary>
    public bool Is(string word) => Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>The words of a text.</summary>
    public static List<ConditionWord> Split(string text)
    {
        var words = new List<ConditionWord>();
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            if (char.IsWhiteSpace(text[at++]))
                continue;
            if (!IsMark(text[start]))
            {
                while (at < text.Length && !char.IsWhiteSpace(text[at]) && !IsMark(text[at]))
                    at++;
            }

            words.Add(new ConditionWord(text[start..at], start));
        }

        return words;
    }

    private static bool IsMark(char c) => c is '(' or ')' or '|';
}
