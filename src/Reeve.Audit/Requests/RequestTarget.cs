using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Reeve.Audit.Requests;

/// <summary>
/// What a request is for and which verb it is, as the apiserver reads it from method and URL (k8s.io/apiserver,
/// pkg/endpoints/request/requestinfo.go). Immutable.
/// </summary>
public sealed record RequestTarget
{
    private static readonly string[] VerbsInPath = ["proxy", "watch"];
    private static readonly string[] NamespaceSubresources = ["status", "finalize"];

    /// <summary>Whether it is for a resource.</summary>
    public bool IsResource { get; private init; }

    /// <summary>The Kubernetes verb; of what is no resource the HTTP method in small letters; empty where a resource has none for the method.</summary>
    public string Verb { get; private init; } = "";

    /// <summary>The API group; empty for core.</summary>
    public string ApiGroup { get; private init; } = "";

    /// <summary>The API version, like <c>v1</c>.</summary>
    public string ApiVersion { get; private init; } = "";

    /// <summary>The namespace; of a namespace itself its own name.</summary>
    public string Namespace { get; private init; } = "";

    /// <summary>The resource, like <c>pods</c>.</summary>
    public string Resource { get; private init; } = "";

    /// <summary>The subresource, like <c>exec</c>.</summary>
    public string Subresource { get; private init; } = "";

    /// <summary>The object's name; of a list one that its <c>fieldSelector</c> asks for by <c>metadata.name</c>.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The path of the URL, decoded.</summary>
    public string Path { get; private init; } = "";

    /// <summary>What stands in the path from the resource on.</summary>
    public ImmutableArray<string> Parts { get; private init; } = [];

    /// <summary>The <c>fieldSelector</c> of a list, watch or deletecollection, as it was sent.</summary>
    public string FieldSelector { get; private init; } = "";

    /// <summary>The <c>labelSelector</c> of a list, watch or deletecollection, as it was sent.</summary>
    public string LabelSelector { get; private init; } = "";

    private bool IsVerbInPath { get; init; }

    /// <summary>Reads it.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="url">Path and query, percent-encoded.</param>
    public static RequestTarget Of(string method, string url)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(url);
        var path = Uri.UnescapeDataString(RequestQuery.Path(url));
        var none = new RequestTarget { Verb = method.ToLowerInvariant(), Path = path };
        var parts = path.Trim('/') is { Length: > 0 } inner ? inner.Split('/') : [];
        var head = parts switch
        {
            ["api", _, _, ..] => 1,
            ["apis", _, _, _, ..] => 2,
            _ => 0,
        };
        if (head == 0)
            return none;
        var target = none with { IsResource = true, ApiGroup = head == 2 ? parts[1] : "", ApiVersion = parts[head], Verb = VerbOf(method) };
        return target.At(parts[(head + 1)..]).Ended(url);
    }

    private static string VerbOf(string method) => method switch
    {
        "GET" or "HEAD" => "get",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => "",
    };

    // /VERB/…, which is old, and /namespaces/NAMESPACE/… before the resource.
    private RequestTarget At(string[] parts)
    {
        var hasVerb = VerbsInPath.Contains(parts[0], StringComparer.Ordinal);
        if (hasVerb && parts.Length == 1)
            return this;
        var verb = hasVerb ? parts[0] : Verb;
        if (hasVerb)
            parts = parts[1..];
        var scope = parts is ["namespaces", var name, ..] ? name : "";
        if (scope.Length > 0 && parts.Length > 2 && !NamespaceSubresources.Contains(parts[2], StringComparer.Ordinal))
            parts = parts[2..];
        return this with
        {
            Verb = verb,
            IsVerbInPath = hasVerb,
            Namespace = scope,
            Parts = [.. parts],
            Resource = parts[0],
            Name = parts.ElementAtOrDefault(1) ?? "",
            Subresource = verb == "proxy" ? "" : parts.ElementAtOrDefault(2) ?? "",
        };
    }

    // What has no name is for many, and the query says which.
    private RequestTarget Ended(string url)
    {
        if (Name.Length > 0 || Parts.IsEmpty)
            return this;
        var target = Verb switch
        {
            "get" => this with
            {
                Verb = RequestQuery.IsSet(Encoding.UTF8.GetBytes(url), "watch"u8) ? "watch" : "list",
                Name = AreNumbers(url, "limit", "timeoutSeconds") ? NameIn(First(url, "fieldSelector")) : "",
            },
            "delete" => this with { Verb = "deletecollection" },
            _ => this,
        };
        return IsVerbInPath || target.Verb is not ("list" or "watch" or "deletecollection")
            ? target
            : target with { FieldSelector = First(url, "fieldSelector"), LabelSelector = First(url, "labelSelector") };
    }

    // The apiserver takes a name from options only that it can read as a whole.
    private static bool AreNumbers(string url, params ReadOnlySpan<string> parameters)
    {
        foreach (var parameter in parameters)
        {
            if (First(url, parameter) is { Length: > 0 } text && !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
                return false;
        }

        return true;
    }

    private static string First(string url, string parameter) =>
        new QueryValues(Encoding.UTF8.GetBytes(url), Encoding.UTF8.GetBytes(parameter)) is var values && values.MoveNext()
            ? Decoded(values.Current)
            : "";

    private static string Decoded(ReadOnlySpan<byte> value)
    {
        var decoded = new byte[value.Length];
        return Encoding.UTF8.GetString(decoded, 0, RequestQuery.Decode(value, decoded));
    }

    // k8s.io/apimachinery, pkg/fields: terms between commas, each with = or ==; another one makes the whole of it wrong.
    private static string NameIn(string selector)
    {
        var name = "";
        foreach (var term in selector.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = term.IndexOf('=');
            if (at < 0)
                return "";
            var isNegated = at > 0 && term[at - 1] == '!';
            if (name.Length == 0 && !isNegated && term.AsSpan(0, at).SequenceEqual("metadata.name"))
                name = term[(at + 1)..].TrimStart('=');
        }

        // A name that is no segment of a path is none.
        return name is "." or ".." || name.AsSpan().ContainsAny('/', '%') ? "" : name;
    }
}
