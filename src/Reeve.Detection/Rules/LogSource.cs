namespace Reeve.Detection.Rules;

/// <summary>For which log a rule is meant (Sigma rules specification, Log source); empty parts say nothing.</summary>
public sealed record LogSource(string Product, string Category, string Service)
{
    /// <summary>The audit log of Kubernetes.</summary>
    public static LogSource KubernetesAudit { get; } = new("kubernetes", "", "audit");

    /// <summary>Whether events of the audit log are what the rule is meant for: it names them, or no other log.</summary>
    public bool IsAuditLog =>
        (Product.Length == 0 || Product.Equals("kubernetes", StringComparison.OrdinalIgnoreCase))
        && (Service.Length == 0 || Service.Equals("audit", StringComparison.OrdinalIgnoreCase))
        && Category.Length == 0 | Category.Equals("application", StringComparison.OrdinalIgnoreCase) | Category.Equals("audit", StringComparison.OrdinalIgnoreCase);
}
