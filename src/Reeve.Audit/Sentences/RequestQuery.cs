namespace Reeve.Audit.Sentences;

/// <summary>The query of a <c>requestURI</c>.</summary>
internal static class RequestQuery
{
    /// <summary>
    /// The values of a repeated parameter, decoded and joined by a space (<c>command=ls&amp;command=-l</c> → <c>ls -l</c>);
    /// empty where there is none. Broken escapes stay as they are.
    /// </summary>
    public static string Joined(string uri, string parameter)
    {
        var start = uri.IndexOf('?');
        if (start < 0)
            return "";
        var values = new List<string>();
        foreach (var pair in uri[(start + 1)..].Split('&'))
        {
            var equals = pair.IndexOf('=');
            if (equals == parameter.Length && pair.StartsWith(parameter, StringComparison.Ordinal))
                values.Add(Uri.UnescapeDataString(pair[(equals + 1)..].Replace('+', ' ')));
        }
        return string.Join(' ', values);
    }

    /// <summary>The URI without its query.</summary>
    public static string Path(string uri) => uri.IndexOf('?') is >= 0 and var at ? uri[..at] : uri;
}
