using System.Globalization;

namespace Reeve.Store.Query;

/// <summary>An event's id, <c>server-seq</c>: which server journalled it, under which number.</summary>
/// <param name="Server">The server's id.</param>
/// <param name="Sequence">The journal's sequence number.</param>
public readonly record struct EventId(string Server, ulong Sequence)
{
    /// <summary>Reads an id; false for anything that is none.</summary>
    public static bool TryParse(string text, out EventId id)
    {
        var dash = text.LastIndexOf('-');
        var parsed = ulong.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence);
        id = parsed && dash > 0 ? new EventId(text[..dash], sequence) : default;
        // Leading zeros would give one event several ids.
        return parsed && dash > 0 && (text[dash + 1] != '0' || text.Length == dash + 2);
    }

    /// <summary><c>server-seq</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Server}-{Sequence}");
}
