namespace Reeve.Audit;

/// <summary>Which activity an event is: the first row that applies decides.</summary>
internal static class CategoryTable
{
    private static readonly CategoryRule[] Rules =
    [
        new(Category.Authentication, "nobody was authenticated (401)") { Code = 401 },
        new(Category.Authentication, "it reviews a login or asks for a certificate") { Resources = "tokenreviews selfsubjectreviews certificatesigningrequests" },
        new(Category.Authentication, "it asks for a service account's token") { Resources = "serviceaccounts", Subresources = "token" },

        new(Category.Authorization, "the authorizer refused it (403)") { Code = 403, Decision = "forbid" },
        // A denied impersonation ends before the authorizer's annotations are written.
        new(Category.Authorization, "it was refused before the authorizer decided (403)") { Code = 403, Decision = "" },
        new(Category.Authorization, "it asks what somebody may do")
        {
            Resources = "subjectaccessreviews localsubjectaccessreviews selfsubjectaccessreviews selfsubjectrulesreviews",
        },

        new(Category.AuditConfiguration, "it writes an AuditSink") { Write = true, Resources = "auditsinks" },
        new(Category.AuditConfiguration, "it writes an object named after the audit policy or webhook") { Write = true, Also = static e => NamesAudit(e[EventField.Name]) },

        // What the authorizer allowed and still is 403 was denied by admission.
        new(Category.PolicyEnforcement, "it was allowed and admission refused it (403)") { Code = 403 },
        new(Category.PolicyEnforcement, "an annotation tells of an admission policy") { Also = static e => e.HasPolicyAnnotation },
        new(Category.PolicyEnforcement, "an admission webhook or policy refused it") { Also = static e => e.Code >= 400 && IsDenial(e[EventField.Message]) },
        new(Category.PolicyEnforcement, "it writes an object of an admission policy")
        {
            Write = true,
            Groups = "admissionregistration.k8s.io kyverno.io constraints.gatekeeper.sh templates.gatekeeper.sh",
        },
        new(Category.PolicyEnforcement, "it writes a network or pod security policy") { Write = true, Resources = "networkpolicies adminnetworkpolicies podsecuritypolicies" },
        new(Category.PolicyEnforcement, "it writes Pod Security labels of a namespace")
        {
            Write = true,
            Resources = "namespaces",
            Also = static e => e.RequestObject.IndexOf("pod-security.kubernetes.io/"u8) >= 0,
        },

        new(Category.InteractiveAccess, "it opens a session into a pod, node or service") { Subresources = "exec attach portforward proxy ephemeralcontainers" },
        new(Category.InteractiveAccess, "its verb is proxy") { Also = static e => e[EventField.Verb].SequenceEqual("proxy"u8) },

        new(Category.ClusterOperation, "it writes RBAC") { Write = true, Groups = "rbac.authorization.k8s.io" },
        new(Category.ClusterOperation, "it writes what the whole cluster rests on: nodes, namespaces, APIs or storage classes")
        {
            Write = true,
            Resources = "nodes namespaces customresourcedefinitions apiservices storageclasses",
            // A node reports its own state every few seconds.
            ExceptSubresource = "status",
        },

        new(Category.ResourceChange, "it writes an object") { Write = true },
        new(Category.Discovery, "it asks for no resource") { Also = static e => e[EventField.Resource].IsEmpty },
        new(Category.ResourceAccess, "it reads an object"),
    ];

    public static Category Of(AuditEvent auditEvent) => RuleOf(auditEvent)?.Category ?? Category.None;

    /// <summary>Why an event is of its category, as the end of a sentence that begins with "because"; empty for what is no event.</summary>
    public static string ReasonOf(AuditEvent auditEvent) => RuleOf(auditEvent)?.Reason ?? "";

    // The last rule applies to everything.
    private static CategoryRule? RuleOf(AuditEvent auditEvent)
    {
        if (auditEvent.Integrity is Integrity.Unreadable or Integrity.Fragment)
            return null;
        var isWrite = IsWrite(auditEvent[EventField.Verb]);
        foreach (var rule in Rules)
        {
            if (rule.AppliesTo(auditEvent, isWrite))
                return rule;
        }

        return Rules[^1];
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
