using Reeve.Audit;

namespace Reeve.Server.Ui.Search;

/// <summary>Categories as pages name them. The key is also the value of the field <c>category</c> and names the colour.</summary>
internal static class CategoryWords
{
    /// <summary>From the bottom of a bar to its top: the usual first, so that the rare stands out.</summary>
    public static IReadOnlyList<Category> Order { get; } =
    [
        Category.ResourceAccess, Category.Discovery, Category.ResourceChange, Category.ClusterOperation, Category.InteractiveAccess,
        Category.PolicyEnforcement, Category.Authorization, Category.Authentication, Category.AuditConfiguration, Category.None,
    ];

    /// <summary><c>resource-change</c>.</summary>
    public static string Key(Category category) => category switch
    {
        Category.Authentication => "authentication",
        Category.Authorization => "authorization",
        Category.AuditConfiguration => "audit-configuration",
        Category.PolicyEnforcement => "policy-enforcement",
        Category.InteractiveAccess => "interactive-access",
        Category.ClusterOperation => "cluster-operation",
        Category.ResourceChange => "resource-change",
        Category.Discovery => "discovery",
        Category.ResourceAccess => "resource-access",
        _ => "none",
    };

    /// <summary>"Resource change".</summary>
    public static string Name(Category category) => category switch
    {
        Category.None => "Unreadable",
        _ => char.ToUpperInvariant(Key(category)[0]) + Key(category)[1..].Replace('-', ' '),
    };

    /// <summary>The category of a key.</summary>
    public static Category Parse(string key) => Order.FirstOrDefault(category => Key(category) == key, Category.None);
}
