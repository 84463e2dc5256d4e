namespace Reeve.Audit;

/// <summary>Which activity an event is: the first row that applies decides.</summary>
internal static class CategoryTable
{
    private static readonly CategoryRule[] Rules =
    [
        new(Category.Authentication) { Code = 401 },
        new(Category.Authentication) { Resources = "tokenreviews selfsubjectreviews certificatesigningrequests" },
        new(Category.Authentication) { Resources = "serviceaccounts", Subresources = "token" },

        new(Category.Authorization) { Code = 403, Decision = "forbid" },
        // A denied impersonation ends before the authorizer's annotations are written.
        new(Category.Authorization) { Code = 403, Decision = "" },
        new(Category.Authorization)
        {
            Resources = "subjectaccessreviews localsubjectaccessreviews selfsubjectaccessreviews selfsubjectrulesreviews",
        },

        new(Category.AuditConfiguration) { Write = true, Resources = "auditsinks" },
        new(Category.AuditConfiguration) { Write = true, Also = static e => NamesAudit(e[EventField.Name]) },

        // What the authorizer allowed and still is 403 was denied by admission.
        new(Category.PolicyEnforcement) { Code = 403 },
        new(Category.PolicyEnforcement) { Also = static e => e.HasPolicyAnnotation },
        new(Category.PolicyEnforcement) { Also = static e => e.Code >= 400 && IsDenial(e[EventField.Message]) },
        new(Category.PolicyEnforcement)
        {
            Write = true,
            Groups = "admissionregistration.k8s.io kyverno.io constraints.gatekeeper.sh templates.gatekeeper.sh",
        },
        new(Category.PolicyEnforcement) { Write = true, Resources = "networkpolicies adminnetworkpolicies podsecuritypolicies" },
        new(Category.PolicyEnforcement)
        {
            Write = true,
            Resources = "namespaces",
            Also = static e => e.RequestObject.IndexOf("pod-security.kubernetes.io/"u8) >= 0,
        },

        new(Category.InteractiveAccess) { Subresources = "exec attach portforward proxy ephemeralcontainers" },
        new(Category.InteractiveAccess) { Also = static e => e[EventField.Verb].SequenceEqual("proxy"u8) },

        new(Category.ClusterOperation) { Write = true, Groups = "rbac.authorization.k8s.io" },
        new(Category.ClusterOperation)
        {
            Write = true,
            Resources = "nodes namespaces customresourcedefinitions apiservices storageclasses",
            // A node reports its own state every few seconds.
            ExceptSubresource = "status",
        },

        new(Category.ResourceChange) { Write = true },
        new(Category.Discovery) { Also = static e => e[EventField.Resource].IsEmpty },
        new(Category.ResourceAccess),
    ];

    public static Category Of(AuditEvent auditEvent)
    {
        if (auditEvent.Integrity is Integrity.Unreadable or Integrity.Fragment)
            return Category.None;
        var isWrite = IsWrite(auditEvent[EventField.Verb]);
        foreach (var rule in Rules)
        {
            if (rule.AppliesTo(auditEvent, isWrite))
                return rule.Category;
        }

        return Category.ResourceAccess;
    }

    /// <summary>Whether an annotation tells that admission refused, warned or failed; others stand on every request.</summary>
    public static bool IsPolicyAnnotation(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("pod-security.kubernetes.io/audit-violations"u8)
        || key.SequenceEqual("pod-security.kubernetes.io/error"u8)
        || key.SequenceEqual("validation.policy.admission.k8s.io/validation_failure"u8)
        || key.StartsWith("failed-open."u8)
        || key.StartsWith("imagepolicywebhook.image-policy.k8s.io/"u8);

    private static bool IsWrite(ReadOnlySpan<byte> verb) =>
        verb.SequenceEqual("create"u8) || verb.SequenceEqual("update"u8) || verb.SequenceEqual("patch"u8)
        || verb.SequenceEqual("delete"u8) || verb.SequenceEqual("deletecollection"u8);

    private static bool NamesAudit(ReadOnlySpan<byte> name) =>
        name.IndexOf("audit-policy"u8) >= 0 || name.IndexOf("audit-webhook"u8) >= 0;

    private static bool IsDenial(ReadOnlySpan<byte> message) =>
        message.IndexOf("admission webhook"u8) >= 0 || message.IndexOf("ValidatingAdmissionPolicy"u8) >= 0;
}
