using System.Collections.Immutable;

namespace Reeve.Detection.Conditions.Patterns;

/// <summary>A regular expression as it is written. A closed set of records.</summary>
internal abstract record PatternNode
{
    private PatternNode()
    {
    }

    /// <summary>One character of a set.</summary>
    public sealed record One(CharacterSet Set) : PatternNode;

    /// <summary>A place between characters.</summary>
    public sealed record At(PatternPlace Place) : PatternNode;

    /// <summary>One after the other.</summary>
    public sealed record Row(ImmutableArray<PatternNode> Parts) : PatternNode;

    /// <summary>One of them.</summary>
    public sealed record Either(ImmutableArray<PatternNode> Parts) : PatternNode;

    /// <summary>The same several times.</summary>
    /// <param name="Inner">What.</param>
    /// <param name="Least">How often at least.</param>
    /// <param name="Most">How often at most; null for as often as it will.</param>
    public sealed record Repeat(PatternNode Inner, int Least, int? Most) : PatternNode;
}

/// <summary>A place between characters that a pattern may ask for.</summary>
internal enum PatternPlace : byte
{
    /// <summary>The beginning of the text.</summary>
    Start,

    /// <summary>The beginning of a line.</summary>
    LineStart,

    /// <summary>The end of the text.</summary>
    End,

    /// <summary>The end of the text, or before the line feed that ends it.</summary>
    LastLineEnd,

    /// <summary>The end of a line.</summary>
    LineEnd,

    /// <summary>Between a character of words and another.</summary>
    WordBoundary,

    /// <summary>Anywhere else.</summary>
    NoWordBoundary,
}
