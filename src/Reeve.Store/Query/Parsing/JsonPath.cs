using System.Diagnostics.CodeAnalysis;

namespace Reeve.Store.Query.Parsing;

/// <summary>
/// A path into an event's JSON as written in filters and Sigma rules: names with dots between them, names that hold dots in quotes.
/// Below <c>annotations</c> and <c>user.extra</c>, which are flat maps, everything is one key and needs no quotes.
/// </summary>
internal static class JsonPath
{
    private const int MostSegments = 24;

    private static readonly string[][] FlatMaps = [["annotations"], ["user", "extra"], ["impersonatedUser", "extra"]];

    /// <summary>The names along the path.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out string[]? segments)
    {
        var names = new List<string>();
        var rest = path.AsSpan();
        while (true)
        {
            if (IsFlatMap(names) && !rest.StartsWith('"'))
            {
                names.Add(rest.ToString());
                rest = default;
            }
            else if (!TryTakeName(ref rest, names))
            {
                segments = null;
                return false;
            }

            if (rest.IsEmpty)
                break;
            rest = rest[1..];
        }

        segments = [.. names];
        return names.Count <= MostSegments && !names.Contains("");
    }

    private static bool TryTakeName(ref ReadOnlySpan<char> rest, List<string> names)
    {
        var quoted = rest.StartsWith('"');
        if (quoted)
            rest = rest[1..];
        var end = rest.IndexOf(quoted ? '"' : '.');
        if (end < 0 && quoted)
            return false;
        names.Add((end < 0 ? rest : rest[..end]).ToString());
        rest = end < 0 ? default : rest[(quoted ? end + 1 : end)..];
        return rest.IsEmpty || (rest[0] == '.' && rest.Length > 1);
    }

    private static bool IsFlatMap(List<string> names) =>
        Array.Exists(FlatMaps, map => names.Count == map.Length && names.SequenceEqual(map, StringComparer.Ordinal));
}
