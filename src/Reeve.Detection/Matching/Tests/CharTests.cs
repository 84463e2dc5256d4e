using System.Buffers;
using Reeve.Detection.Conditions;
using Reeve.Detection.Conditions.Patterns;

namespace Reeve.Detection.Matching.Tests;

/// <summary>Tests of text as characters; what is no UTF-8 is U+FFFD to them.</summary>
internal abstract class CharTest : BytesTest
{
    public override int Cost => 5;

    public sealed override bool Passes(ReadOnlySpan<byte> value, MatchSession session) => Passes(session.Decode(value));

    protected abstract bool Passes(ReadOnlySpan<char> value);
}

/// <summary>The value is, begins with, ends with or holds a text that is not all ASCII.</summary>
internal sealed class TextTest(string text, FieldRelation relation, bool cased) : CharTest
{
    protected override bool Passes(ReadOnlySpan<char> value) => TextRelation.Holds(value, relation, cased, text);
}

/// <summary>The value holds one of many texts.</summary>
internal sealed class ContainsAnyTest(IReadOnlyList<string> texts, bool cased) : CharTest
{
    private readonly SearchValues<string> _texts = SearchValues.Create([.. texts], cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    protected override bool Passes(ReadOnlySpan<char> value) => value.ContainsAny(_texts);
}

/// <summary>A regular expression is found in the value, as far as <see cref="PatternRuns"/> lets it look.</summary>
internal sealed class RegexTest(ValueTest.Matches matches) : BytesTest
{
    private readonly PatternProgram _program = SafePattern.Compile(matches);

    public override int Cost => 20;

    public override bool Passes(ReadOnlySpan<byte> value, MatchSession session) => session.Patterns.Find(_program, session.Decode(value));
}

/// <summary>How two texts stand to each other.</summary>
internal static class TextRelation
{
    public static bool Holds(ReadOnlySpan<char> left, FieldRelation relation, bool cased, ReadOnlySpan<char> right)
    {
        var comparison = cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return relation switch
        {
            FieldRelation.Equals => left.Equals(right, comparison),
            FieldRelation.StartsWith => left.StartsWith(right, comparison),
            FieldRelation.EndsWith => left.EndsWith(right, comparison),
            FieldRelation.Contains => left.Contains(right, comparison),
            _ => throw new ArgumentOutOfRangeException(nameof(relation), relation, "no such relation"),
        };
    }
}
