using System.Collections.Immutable;

namespace Reeve.Audit.Policy;

/// <summary>The verbs that requests have.</summary>
public static class RequestVerbs
{
    /// <summary>Of resources; <c>proxy</c>, which only old clients use, is left out.</summary>
    public static ImmutableArray<string> OfResources { get; } = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

    /// <summary>Of what is no resource: the HTTP method in small letters.</summary>
    public static ImmutableArray<string> OfPaths { get; } = ["get", "post", "put", "patch", "delete", "head", "options"];
}
