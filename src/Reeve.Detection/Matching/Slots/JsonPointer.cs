namespace Reeve.Detection.Matching.Slots;

/// <summary>JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary>The names along a pointer, unescaped; none for the whole document and for what is no pointer.</summary>
    public static string[] Parse(string pointer) =>
        pointer.Length == 0 || pointer[0] != '/'
            ? []
            : [.. pointer[1..].Split('/').Select(name => name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
}
