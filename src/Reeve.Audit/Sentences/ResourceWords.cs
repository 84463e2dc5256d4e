using System.Collections.Frozen;

namespace Reeve.Audit.Sentences;

/// <summary>Kubernetes resource names in words. Resources not in the table are named as they are, in the singular.</summary>
internal static class ResourceWords
{
    private static readonly FrozenDictionary<string, (string Singular, bool Namespaced)> Known =
        new Dictionary<string, (string, bool)>
        {
            ["apiservices"] = ("API service", false),
            ["certificatesigningrequests"] = ("certificate signing request", false),
            ["clusterrolebindings"] = ("cluster role binding", false),
            ["clusterroles"] = ("cluster role", false),
            ["configmaps"] = ("config map", true),
            ["controllerrevisions"] = ("controller revision", true),
            ["cronjobs"] = ("cron job", true),
            ["csidrivers"] = ("CSI driver", false),
            ["csinodes"] = ("CSI node", false),
            ["customresourcedefinitions"] = ("custom resource definition", false),
            ["daemonsets"] = ("daemon set", true),
            ["deployments"] = ("deployment", true),
            ["endpoints"] = ("endpoints object", true),
            ["endpointslices"] = ("endpoint slice", true),
            ["events"] = ("event", true),
            ["flowschemas"] = ("flow schema", false),
            ["horizontalpodautoscalers"] = ("horizontal pod autoscaler", true),
            ["ingressclasses"] = ("ingress class", false),
            ["ingresses"] = ("ingress", true),
            ["jobs"] = ("job", true),
            ["leases"] = ("lease", true),
            ["limitranges"] = ("limit range", true),
            ["mutatingwebhookconfigurations"] = ("mutating webhook configuration", false),
            ["namespaces"] = ("namespace", false),
            ["networkpolicies"] = ("network policy", true),
            ["nodes"] = ("node", false),
            ["persistentvolumeclaims"] = ("persistent volume claim", true),
            ["persistentvolumes"] = ("persistent volume", false),
            ["poddisruptionbudgets"] = ("pod disruption budget", true),
            ["pods"] = ("pod", true),
            ["podtemplates"] = ("pod template", true),
            ["priorityclasses"] = ("priority class", false),
            ["prioritylevelconfigurations"] = ("priority level configuration", false),
            ["replicasets"] = ("replica set", true),
            ["replicationcontrollers"] = ("replication controller", true),
            ["resourcequotas"] = ("resource quota", true),
            ["rolebindings"] = ("role binding", true),
            ["roles"] = ("role", true),
            ["runtimeclasses"] = ("runtime class", false),
            ["secrets"] = ("secret", true),
            ["serviceaccounts"] = ("service account", true),
            ["services"] = ("service", true),
            ["statefulsets"] = ("stateful set", true),
            ["storageclasses"] = ("storage class", false),
            ["validatingadmissionpolicies"] = ("validating admission policy", false),
            ["validatingadmissionpolicybindings"] = ("validating admission policy binding", false),
            ["validatingwebhookconfigurations"] = ("validating webhook configuration", false),
            ["volumeattachments"] = ("volume attachment", false),
        }.ToFrozenDictionary();

    /// <summary>One of them: <c>networkpolicies</c> → network policy.</summary>
    public static string Singular(string resource) =>
        Known.TryGetValue(resource, out var known) ? known.Singular : OneOf(resource);

    /// <summary>Many of them: <c>networkpolicies</c> → network policies.</summary>
    public static string Plural(string resource)
    {
        if (resource == "endpoints" || !Known.TryGetValue(resource, out var known))
            return resource;
        var word = known.Singular;
        return word switch
        {
            [.. var stem, 'y'] => stem + "ies",
            [.., 's' or 'x'] => word + "es",
            _ => word + "s",
        };
    }

    /// <summary>Whether a request for it without a namespace is known to mean all namespaces.</summary>
    public static bool IsNamespaced(string resource) => Known.TryGetValue(resource, out var known) && known.Namespaced;

    private static string OneOf(string resource) => resource switch
    {
        [.. var stem, 'i', 'e', 's'] => stem + "y",
        [.. var stem, 's', 's', 'e', 's'] => stem + "ss",
        [.. var stem, 'x', 'e', 's'] => stem + "x",
        [.., 's', 's'] => resource,
        [.. { Length: > 0 } stem, 's'] => stem,
        _ => resource,
    };
}
