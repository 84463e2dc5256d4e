using System.Collections.Immutable;
using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Reading;

/// <summary>Why rules of a policy are not for a request, as sentences for people.</summary>
public static class MismatchWords
{
    private const int Most = 12;
    private const int Longest = 80;

    /// <summary>Why a rule is not for a request: one line.</summary>
    public static string Of(PolicyRule rule, PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(request);
        return rule.FirstMismatch(request) switch
        {
            PolicyMismatch.None => "it is for this request",
            PolicyMismatch.User => request.User is null ? "it is for users, and the request has none" : $"its users do not include {request.User}",
            PolicyMismatch.UserGroup => request.User is null ? "it is for groups, and the request has no user" : $"none of its groups ({Few(rule.UserGroups)}) is one of the user's",
            PolicyMismatch.Verb => $"its verbs ({Few(rule.Verbs)}) do not include {request.Verb}",
            PolicyMismatch.IsNoResource => "it is for resources, and the request is for none",
            PolicyMismatch.IsResource => "it is for nonResourceURLs, and the request is for a resource",
            PolicyMismatch.Namespace => request.Namespace.Length == 0 ? "it is for namespaces, and the request is for none, or for all" : $"its namespaces ({Few(rule.Namespaces, "\"")}) do not include {request.Namespace}",
            PolicyMismatch.Resource => $"its resources do not include {Resource(request)}",
            _ => $"its nonResourceURLs ({Few(rule.NonResourceUrls)}) do not include {request.Path}",
        };
    }

    private static string Few(ImmutableArray<string> texts, string quote = "") =>
        string.Join(", ", texts.Take(Most).Select(text => quote + (text.Length <= Longest ? text : text[..Longest] + "…") + quote)) + (texts.Length > Most ? $" and {texts.Length - Most} more" : "");

    private static string Resource(PolicyRequest request) =>
        $"{request.Written} of {(request.ApiGroup.Length == 0 ? "core" : request.ApiGroup)}{(request.Name.Length == 0 ? "" : $" named {request.Name}")}";
}
