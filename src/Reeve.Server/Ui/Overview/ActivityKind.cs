using Reeve.Audit;

namespace Reeve.Server.Ui.Overview;

/// <summary>A kind of activity as people speak of it; each is one or more categories.</summary>
/// <param name="Key">Names its colour, <c>--kind-KEY</c> of the style sheet.</param>
/// <param name="Name">Its name.</param>
/// <param name="Categories">What it holds.</param>
internal sealed record ActivityKind(string Key, string Name, params IReadOnlyList<Category> Categories)
{
    /// <summary>All of them, from the bottom of a bar to its top: the usual first, so that the rare stands out.</summary>
    public static IReadOnlyList<ActivityKind> All { get; } =
    [
        new("resource", "Resource access", Category.ResourceAccess, Category.ResourceChange, Category.InteractiveAccess),
        new("api", "API server requests", Category.Discovery),
        new("cluster", "Cluster-level operations", Category.ClusterOperation),
        new("auth", "Authentication and authorization", Category.Authentication, Category.Authorization),
        new("policy", "Policy enforcement", Category.PolicyEnforcement),
        new("audit", "Audit configuration changes", Category.AuditConfiguration),
    ];
}
