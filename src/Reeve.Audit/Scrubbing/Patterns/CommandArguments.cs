using System.Buffers;

namespace Reeve.Audit.Scrubbing.Patterns;

/// <summary>
/// Passwords among the arguments of a command: behind long options whose names say secret, and behind the short ones of
/// <see cref="CommandOption"/>. Words end at white space, at quotes, and at the zero bytes between arguments.
/// </summary>
internal sealed class CommandArguments : SecretPattern
{
    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(" \t\r\n\0\"'`()|;"u8);

    public override SecretKind Kind => SecretKind.CommandArgument;

    private static ReadOnlySpan<byte> Parameter => "command="u8;

    public override void Find(ReadOnlySpan<byte> text, List<SecretRange> into)
    {
        if (text.IndexOf((byte)'-') < 0 && text.IndexOf("pass:"u8) < 0)
            return;
        ReadOnlySpan<byte> program = default;
        var awaited = Awaited.Nothing;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is (byte)'|' or (byte)';')
            {
                program = default;
                awaited = Awaited.Nothing;
            }

            if (WordEnds.Contains(text[at]) && (awaited == Awaited.Nothing || text[at] is not ((byte)'"' or (byte)'\'')))
            {
                at++;
                continue;
            }

            var (start, end) = Word(text, at, awaited != Awaited.Nothing);
            at = Math.Max(end, at + 1);
            if (text[start..end].StartsWith(Parameter))
                start += Parameter.Length;
            var word = text[start..end];
            if (word.IsEmpty)
                continue;
            if (awaited != Awaited.Nothing && word[0] != '-')
            {
                Take(text, start, end, awaited == Awaited.Pair, into);
                awaited = Awaited.Nothing;
            }
            else if (word[0] == '-')
                awaited = Option(text, start, end, program, into);
            else if (word.StartsWith("pass:"u8))
                Take(text, start + 5, end, isPair: false, into);
            else if (IsProgram(word))
                program = word;
        }
    }

    private Awaited Option(ReadOnlySpan<byte> text, int start, int end, ReadOnlySpan<byte> program, List<SecretRange> into)
    {
        var word = text[start..end];
        foreach (var option in CommandOption.All)
        {
            if (program.IsEmpty || !word.StartsWith(option.OptionBytes) || !Name(program).StartsWith(option.ProgramBytes))
                continue;
            var isLong = option.OptionBytes.Length > 2;
            if (word.Length == option.OptionBytes.Length)
                return option.Attached && !(end < text.Length && text[end] is (byte)'"' or (byte)'\'') ? Awaited.Nothing : option.IsPair ? Awaited.Pair : Awaited.Value;
            var attached = start + option.OptionBytes.Length;
            if (!isLong || text[attached] == '=')
                Take(text, text[attached] == '=' ? attached + 1 : attached, end, option.IsPair, into);
            return Awaited.Nothing;
        }

        return word.Length > 3 && word.IndexOf((byte)'=') < 0 && SecretNames.IsVariable(word) ? Awaited.Value : Awaited.Nothing;
    }

    private void Take(ReadOnlySpan<byte> text, int start, int end, bool isPair, List<SecretRange> into)
    {
        if (isPair)
        {
            var colon = text[start..end].IndexOf((byte)':');
            if (colon < 0)
                return;
            start += colon + 1;
        }

        if (start < end && !SecretPlaceholders.Is(text[start..end]))
            Add(text, start, end, into);
    }

    // A password may be in quotes and hold anything then; what else is in quotes is words again.
    private static (int Start, int End) Word(ReadOnlySpan<byte> text, int at, bool isValue)
    {
        if (isValue && text[at] is (byte)'"' or (byte)'\'')
        {
            var close = text[(at + 1)..].IndexOf(text[at]);
            return (at + 1, close < 0 ? text.Length : at + 1 + close);
        }

        var length = isValue ? text[at..].IndexOfAny(" \t\r\n\0"u8) : text[at..].IndexOfAny(WordEnds);
        return (at, length < 0 ? text.Length : at + length);
    }

    private static bool IsProgram(ReadOnlySpan<byte> word)
    {
        var name = Name(word);
        foreach (var option in CommandOption.All)
        {
            if (name.StartsWith(option.ProgramBytes))
                return true;
        }

        return false;
    }

    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..];

    private enum Awaited : byte
    {
        Nothing,
        Value,
        Pair,
    }
}
