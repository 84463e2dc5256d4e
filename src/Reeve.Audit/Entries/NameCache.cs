using System.Text;

namespace Reeve.Audit.Entries;

/// <summary>
/// Gives the same string for the same bytes, for the few names that stand in every entry. It starts anew when it is
/// full, so it never grows beyond 1,024 names of 128 bytes. Not thread-safe.
/// </summary>
public sealed class NameCache
{
    private const int Capacity = 1024;
    private const int LongestName = 128;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Starts empty.</summary>
    public NameCache() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    internal string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestName)
            return Encoding.UTF8.GetString(utf8);
        Span<char> chars = stackalloc char[LongestName];
        ReadOnlySpan<char> name = chars[..Encoding.UTF8.GetChars(utf8, chars)];
        if (_lookup.TryGetValue(name, out var known))
            return known;
        if (_names.Count == Capacity)
            _names.Clear();
        var text = new string(name);
        _names.Add(text, text);
        return text;
    }
}
