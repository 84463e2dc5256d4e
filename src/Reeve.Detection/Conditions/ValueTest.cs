using System.Collections.Immutable;
using System.Net;
using Reeve.Detection.Fields;

namespace Reeve.Detection.Conditions;

/// <summary>
/// What one value has to be. A value is a JSON scalar other than null, and its text is what the string says, or the number,
/// <c>true</c> or <c>false</c> as they stand; an object, which only a whole body or part of one can be, is its JSON text.
/// Texts are compared by Unicode's ordinal rules; where the case does not count, as <see cref="StringComparison.OrdinalIgnoreCase"/>
/// says. A closed set of records; immutable.
/// </summary>
public abstract record ValueTest
{
    private ValueTest()
    {
    }

    /// <summary>The text is this.</summary>
    public sealed record Is(string Text, bool Cased) : ValueTest;

    /// <summary>The text begins with this.</summary>
    public sealed record StartsWith(string Text, bool Cased) : ValueTest;

    /// <summary>The text ends with this.</summary>
    public sealed record EndsWith(string Text, bool Cased) : ValueTest;

    /// <summary>The text holds this.</summary>
    public sealed record Contains(string Text, bool Cased) : ValueTest;

    /// <summary>The text is these pieces in a row.</summary>
    public sealed record Like(ImmutableArray<LikePiece> Pieces, bool Cased) : ValueTest
    {
        /// <inheritdoc/>
        public bool Equals(Like? other) => other is not null && Cased == other.Cased && Pieces.SequenceEqual(other.Pieces);

        /// <inheritdoc/>
        public override int GetHashCode() => Pieces.Aggregate(Pieces.Length, HashCode.Combine);
    }

    /// <summary>
    /// A regular expression is found in the text: .NET's, without what looks around or refers back, of bounded size
    /// (<see cref="Patterns.SafePattern"/>). With one event it takes <see cref="Matching.MatchSession.MostPatternSteps"/> at most; beyond, it is not found.
    /// </summary>
    public sealed record Matches(string Pattern, bool IgnoreCase, bool Multiline, bool Singleline) : ValueTest;

    /// <summary>The text is an address of this network, IPv4 or IPv6; an IPv4 address written as IPv6 is IPv4.</summary>
    public sealed record InNetwork(IPNetwork Network) : ValueTest;

    /// <summary>The text is a number that stands so to this one.</summary>
    public sealed record Number(Comparison Comparison, double Value) : ValueTest;

    /// <summary>The text is an RFC 3339 time whose part, as written there and without conversion to UTC, stands so to this number.</summary>
    public sealed record PartOfTime(TimePart Part, Comparison Comparison, int Value) : ValueTest;

    /// <summary>
    /// The text is this one with the values of fields put in: Sigma's <c>expand</c> where nobody has declared a list. False
    /// where one of the fields has no value; of several values each is tried.
    /// </summary>
    public sealed record IsExpanded(ImmutableArray<ExpandPiece> Pieces, bool Cased) : ValueTest
    {
        /// <inheritdoc/>
        public bool Equals(IsExpanded? other) => other is not null && Cased == other.Cased && Pieces.SequenceEqual(other.Pieces);

        /// <inheritdoc/>
        public override int GetHashCode() => Pieces.Aggregate(Pieces.Length, HashCode.Combine);
    }

    /// <summary>One of these holds.</summary>
    public sealed record AnyOf(ImmutableArray<ValueTest> Tests) : ValueTest
    {
        /// <inheritdoc/>
        public bool Equals(AnyOf? other) => other is not null && Tests.SequenceEqual(other.Tests);

        /// <inheritdoc/>
        public override int GetHashCode() => Tests.Aggregate(Tests.Length, HashCode.Combine);
    }

    /// <summary>It does not hold.</summary>
    public sealed record Not(ValueTest Inner) : ValueTest;
}

/// <summary>A piece of a pattern: a text, one character, or any number of them.</summary>
public readonly record struct LikePiece(LikeKind Kind, string Text = "");

/// <summary>What a piece of a pattern stands for.</summary>
public enum LikeKind : byte
{
    /// <summary>Exactly its text.</summary>
    Text,

    /// <summary>One character (a Unicode scalar value), whichever.</summary>
    One,

    /// <summary>Any characters, or none.</summary>
    Many,
}

/// <summary>A piece of a text to expand: literal, or the value of a field.</summary>
public readonly record struct ExpandPiece(string Text, Field? Field = null);

/// <summary>A part of a time.</summary>
public enum TimePart : byte
{
    /// <summary>0 to 59.</summary>
    Minute,

    /// <summary>0 to 23.</summary>
    Hour,

    /// <summary>Of the month, 1 to 31.</summary>
    Day,

    /// <summary>ISO 8601 week of the year, 1 to 53.</summary>
    Week,

    /// <summary>1 to 12.</summary>
    Month,

    /// <summary>The year.</summary>
    Year,
}
