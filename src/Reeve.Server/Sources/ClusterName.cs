using System.Diagnostics.CodeAnalysis;

namespace Reeve.Server.Sources;

/// <summary>What a cluster or host may be called where the name stands in the path of an address.</summary>
public static class ClusterName
{
    /// <summary>The rule, for people.</summary>
    public const string Form = "1 to 253 letters, digits, '-', '_' and '.', with a letter or digit at both ends";

    private const int MaxLength = 253;

    /// <summary>Whether <paramref name="name"/> keeps the rule.</summary>
    public static bool IsValid([NotNullWhen(true)] string? name) =>
        name is { Length: > 0 and <= MaxLength }
        && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
