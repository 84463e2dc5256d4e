using System.Globalization;
using System.Text;

namespace Reeve.Store.Query.Overview;

/// <summary>What one number of the roll-up counts: the column <c>counted</c> of <c>overview_minute</c> and <c>overview_hour</c>.</summary>
/// <param name="Dimension">One of <see cref="OverviewDimension"/>.</param>
/// <param name="Value">The value; of two, the first.</param>
/// <param name="Second">The second; empty for a dimension of one.</param>
internal readonly record struct OverviewCounted(string Dimension, string Value, string Second)
{
    /// <summary>Characters (Unicode scalar values) that are kept of a value. One of that length stands for all that begin so.</summary>
    public const int MostCharacters = 128;

    /// <summary>Reads the column.</summary>
    public static OverviewCounted Parse(string counted)
    {
        var colon = counted.IndexOf(':');
        var (dimension, rest) = (counted[..colon], counted[(colon + 1)..]);
        if (!OverviewDimension.Pairs.Contains(dimension))
            return new OverviewCounted(dimension, rest, "");
        colon = rest.IndexOf(':');
        var (value, second) = Split(rest[(colon + 1)..], int.Parse(rest.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture));
        return new OverviewCounted(dimension, value, second);
    }

    /// <summary>How every text of a dimension of two begins whose first value is this.</summary>
    public static string Prefix(string dimension, string value) =>
        string.Create(CultureInfo.InvariantCulture, $"{dimension}:{Length(value)}:{value}");

    /// <summary>The value as it is kept.</summary>
    public static string Keep(string value) => Split(value, MostCharacters).Head;

    /// <summary>Whether a value as it is kept stands for all that begin so.</summary>
    public static bool IsBeginning(string value) => value.Length >= MostCharacters && Length(value) == MostCharacters;

    private static int Length(string value) => value.EnumerateRunes().Count();

    private static (string Head, string Tail) Split(string text, int characters)
    {
        var at = 0;
        while (characters-- > 0 && at < text.Length)
            at += Rune.GetRuneAt(text, at).Utf16SequenceLength;
        return (text[..at], text[at..]);
    }
}

/// <summary>The names of what is counted.</summary>
internal static class OverviewDimension
{
    public const string Unreadable = "unreadable";
    public const string Category = "category";
    public const string Actor = "actor";
    public const string Namespace = "namespace";
    public const string Tool = "tool";
    public const string Denied = "denied";
    public const string Unauthenticated = "unauthenticated";
    public const string Secret = "secret";
    public const string Interactive = "interactive";
    public const string Created = "created";
    public const string Changed = "changed";
    public const string Deleted = "deleted";

    /// <summary>Those of two values.</summary>
    public static IReadOnlyList<string> Pairs { get; } = [Secret, Interactive, Created, Changed, Deleted];

    /// <summary>What is done to an object.</summary>
    public static string Of(ObjectChange change) => change switch
    {
        ObjectChange.Created => Created,
        ObjectChange.Changed => Changed,
        _ => Deleted,
    };

    /// <summary>What is done to an object.</summary>
    public static ObjectChange Change(string dimension) => dimension switch
    {
        Created => ObjectChange.Created,
        Changed => ObjectChange.Changed,
        _ => ObjectChange.Deleted,
    };
}
