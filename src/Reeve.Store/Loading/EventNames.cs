using Reeve.Audit;

namespace Reeve.Store.Loading;

/// <summary>The words that the store, the query language and the pages use for the values of an event's enumerations.</summary>
public static class EventNames
{
    private static readonly string[] Categories = Words<Category>();
    private static readonly string[] Integrities = Words<Integrity>();

    /// <summary>For example <c>interactive-access</c>; empty for <see cref="Category.None"/>.</summary>
    public static string Of(Category category) => category == Category.None ? "" : Categories[(int)category];

    /// <summary>For example <c>truncated-by-apiserver</c>.</summary>
    public static string Of(Integrity integrity) => Integrities[(int)integrity];

    private static string[] Words<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(Word)];

    private static string Word(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
