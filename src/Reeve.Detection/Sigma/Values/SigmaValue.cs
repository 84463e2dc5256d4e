using System.Collections.Immutable;
using Reeve.Detection.Conditions;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma.Values;

/// <summary>A value of a detection, as it is between two modifiers.</summary>
/// <param name="Source">Where it was written.</param>
/// <param name="Raw">The text as it was written, for modifiers that read it in their own way; null for YAML's null.</param>
/// <param name="Pieces">The text with its wildcards.</param>
internal sealed record SigmaValue(YamlNode Source, string? Raw, ImmutableArray<LikePiece> Pieces)
{
    /// <summary>Bytes that are no text any more, as after <c>utf16le</c>; otherwise null.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>Whether it is YAML's null.</summary>
    public bool IsNull => Raw is null;

    /// <summary>The text, if it has no wildcards; otherwise null.</summary>
    public string? Plain => Pieces.All(piece => piece.Kind == LikeKind.Text) ? string.Concat(Pieces.Select(piece => piece.Text)) : null;

    /// <summary>The same place with another text, taken as it is.</summary>
    public SigmaValue With(string text) => this with { Raw = text, Pieces = text.Length == 0 ? [] : [new LikePiece(LikeKind.Text, text)], Bytes = null };
}
