using System.Text;

namespace Reeve.Detection.Matching.Tests;

/// <summary>Texts of ASCII letters alone, compared as bytes: no letter beyond ASCII folds to one of them.</summary>
internal abstract class AsciiTest(string text, bool cased) : BytesTest
{
    protected byte[] Text { get; } = Encoding.ASCII.GetBytes(text);

    protected bool Same(ReadOnlySpan<byte> value) => cased ? value.SequenceEqual(Text) : Ascii.EqualsIgnoreCase(value, Text);
}

/// <summary>The value is the text.</summary>
internal sealed class AsciiEqualsTest(string text, bool cased) : AsciiTest(text, cased)
{
    public override bool Passes(ReadOnlySpan<byte> value, MatchSession session) => value.Length == Text.Length && Same(value);
}

/// <summary>The value begins with the text.</summary>
internal sealed class AsciiPrefixTest(string text, bool cased) : AsciiTest(text, cased)
{
    public override bool Passes(ReadOnlySpan<byte> value, MatchSession session) => value.Length >= Text.Length && Same(value[..Text.Length]);
}

/// <summary>The value ends with the text.</summary>
internal sealed class AsciiSuffixTest(string text, bool cased) : AsciiTest(text, cased)
{
    public override bool Passes(ReadOnlySpan<byte> value, MatchSession session) => value.Length >= Text.Length && Same(value[^Text.Length..]);
}

/// <summary>The value holds the text.</summary>
internal sealed class AsciiContainsTest : AsciiTest
{
    private readonly bool _cased;
    private readonly byte _lower;
    private readonly byte _upper;

    public AsciiContainsTest(string text, bool cased)
        : base(text, cased)
    {
        _cased = cased;
        if (Text.Length > 0)
            (_lower, _upper) = ((byte)char.ToLowerInvariant((char)Text[0]), (byte)char.ToUpperInvariant((char)Text[0]));
    }

    public override int Cost => 3;

    public override bool Passes(ReadOnlySpan<byte> value, MatchSession session)
    {
        if (Text.Length == 0)
            return true;
        if (_cased)
            return value.IndexOf(Text) >= 0;
        while (value.Length >= Text.Length)
        {
            var at = value[..^(Text.Length - 1)].IndexOfAny(_lower, _upper);
            if (at < 0)
                return false;
            if (Same(value.Slice(at, Text.Length)))
                return true;
            value = value[(at + 1)..];
        }

        return false;
    }
}
