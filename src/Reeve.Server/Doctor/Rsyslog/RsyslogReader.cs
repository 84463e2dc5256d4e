using System.Text.RegularExpressions;

namespace Reeve.Server.Doctor.Rsyslog;

/// <summary>Reads configurations of rsyslog, the old form and RainerScript mixed as they may be, as far as audit logs need it. No text makes it throw.</summary>
internal static partial class RsyslogReader
{
    // More than any configuration has.
    private const int Most = 10_000;

    private static readonly Dictionary<string, (string Value, int Line)> None = [];

    /// <summary>The statements, in their order; those in rulesets and behind conditions among them.</summary>
    public static IReadOnlyList<RsyslogStatement> Read(string text)
    {
        var statements = new List<RsyslogStatement>();
        try
        {
            Read(WithoutComments(text), statements);
        }
        catch (RegexMatchTimeoutException)
        {
            // Text made to take long is no configuration that anybody wrote; what was read until then counts.
        }

        return statements;
    }

    private static void Read(string bare, List<RsyslogStatement> statements)
    {
        var (counted, lines) = (0, 1);
        for (var match = Statement.Match(bare); match.Success && statements.Count < Most; match = Statement.Match(bare, Math.Max(match.Index + match.Length, counted)))
        {
            // The white space before it may hold line ends.
            var start = match.Index + match.Value.Length - match.Value.TrimStart().Length;
            lines += bare.AsSpan(counted, start - counted).Count('\n');
            counted = start;
            var line = lines;
            if (match.Groups["directive"].Success)
                statements.Add(new(RsyslogForm.Directive, match.Groups["directive"].Value, match.Groups["value"].Value.Trim(), None, line));
            else if (match.Groups["object"].Success)
            {
                statements.Add(Object(bare, match, line, out var end));
                // What stands in an object is no statement.
                lines += bare.AsSpan(counted, end - counted).Count('\n');
                counted = end;
            }
            else
                statements.Add(new(RsyslogForm.Forward, match.Groups["at"].Value, match.Groups["target"].Value, None, line));
        }
    }

    private static RsyslogStatement Object(string text, Match match, int line, out int end)
    {
        var start = match.Groups["object"].Index + match.Groups["object"].Length;
        end = EndOf(text, text.IndexOf('(', start) + 1);
        var inner = text[start..end];
        var parameters = new Dictionary<string, (string, int)>(StringComparer.Ordinal);
        foreach (Match parameter in Parameter.Matches(inner))
        {
            var at = line + text.AsSpan(match.Groups["object"].Index, start + parameter.Groups["name"].Index - match.Groups["object"].Index).Count('\n');
            parameters.TryAdd(parameter.Groups["name"].Value.ToLowerInvariant(), (parameter.Groups["text"].Value.Replace("\\\"", "\"", StringComparison.Ordinal), at));
        }

        return new(RsyslogForm.Object, match.Groups["object"].Value.ToLowerInvariant(), "", parameters, line);
    }

    private static int EndOf(string text, int start)
    {
        var isQuoted = false;
        for (var at = start; at < text.Length; at++)
        {
            if (text[at] == '\\')
                at++;
            else if (text[at] == '"')
                isQuoted = !isQuoted;
            else if (text[at] == ')' && !isQuoted)
                return at;
        }

        return text.Length;
    }

    // Blanks in their place, so that lines stay what they are.
    private static string WithoutComments(string text)
    {
        var bare = text.ToCharArray();
        for (var at = 0; at < bare.Length; at++)
        {
            if (bare[at] is '"' or '\'')
                at = EndOfText(bare, at);
            else if (bare[at] == '#' && (at == 0 || char.IsWhiteSpace(bare[at - 1])))
                at = Blank(bare, at, '\n');
            else if (bare[at] == '/' && at + 1 < bare.Length && bare[at + 1] == '*')
                at = Blank(bare, at, '/');
        }

        return new string(bare);
    }

    private static int EndOfText(char[] text, int at)
    {
        var quote = text[at];
        for (var end = at + 1; end < text.Length; end++)
        {
            if (text[end] == '\\')
                end++;
            else if (text[end] == quote || (quote == '\'' && text[end] == '\n'))
                return end;
        }

        return text.Length;
    }

    private static int Blank(char[] text, int at, char until)
    {
        var start = at;
        for (; at < text.Length; at++)
        {
            if (text[at] == until && (until == '\n' || (at > start + 2 && text[at - 1] == '*')))
                break;
            if (text[at] != '\n')
                text[at] = ' ';
        }

        if (until == '/' && at < text.Length)
            text[at] = ' ';
        return at;
    }

    [GeneratedRegex(
        @"(^|\n)[ \t]*\$(?<directive>[A-Za-z]\w*)(?<value>[^\n]*)|(?<![\w""$.])(?<object>module|global|input|action|template|ruleset|main_queue|timezone|lookup_table|parser)[ \t\n]*\(|(?<=[\s;])(?<at>@@?)(\([^)\n]*\))?(?<target>\[?[\w.:-]+\]?(:\d+)?)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Statement { get; }

    [GeneratedRegex(@"(?<name>[A-Za-z][\w.]*)\s*=\s*(""(?<text>(\\.|[^""\\])*)""|\[[^\]]*\]|(?<text>[^\s"")]+))", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Parameter { get; }
}
