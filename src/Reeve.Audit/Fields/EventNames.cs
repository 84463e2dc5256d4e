namespace Reeve.Audit.Fields;

/// <summary>The words that the store, the query language and the pages use for the values of an event's enumerations.</summary>
public static class EventNames
{
    private static readonly string[] Categories = Words<Category>();
    private static readonly string OtherLog = Word(nameof(EventMarks.OtherLog));
    private static readonly string[] Integrities = Words<Integrity>();

    /// <summary>For example <c>interactive-access</c>; empty for <see cref="Category.None"/>.</summary>
    public static string Of(Category category) => category == Audit.Category.None ? "" : Categories[(int)category];

    /// <summary>For example <c>truncated-by-apiserver</c>; <c>other-log</c> for what was never an audit event.</summary>
    public static string Of(Integrity integrity, EventMarks marks) =>
        marks.HasFlag(EventMarks.OtherLog) ? OtherLog : Integrities[(int)integrity];

    /// <summary>The category of a word; <see cref="Audit.Category.None"/> for an unknown one.</summary>
    public static Category Category(string word) => (Category)Math.Max(0, Array.IndexOf(Categories, word));

    /// <summary>The integrity of a word; <see cref="Audit.Integrity.Whole"/> for an unknown one.</summary>
    public static Integrity Integrity(string word) =>
        word == OtherLog ? Audit.Integrity.Unreadable : (Integrity)Math.Max(0, Array.IndexOf(Integrities, word));

    private static string[] Words<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(Word)];

    private static string Word(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
