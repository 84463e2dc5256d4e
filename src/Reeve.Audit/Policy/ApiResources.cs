using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Reeve.Audit.Policy;

/// <summary>
/// The resources of Kubernetes itself (kube-apiserver 1.20 to 1.36 and what is aggregated beside it), with their groups, subresources and
/// verbs. Resources of others, like those of a CRD, are not among them.
/// </summary>
public static class ApiResources
{
    private const string Reads = "get list watch";
    private const string Writes = "create update patch delete deletecollection";
    private const string AllVerbs = $"{Reads} {Writes}";
    private const string OnePart = "get update patch";

    // What a request for a subresource can be; what is not here is read and written like status.
    private static readonly FrozenDictionary<string, string> SubresourceVerbs = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["attach"] = "get create",
        ["exec"] = "get create",
        ["portforward"] = "get create",
        ["proxy"] = "get create update patch delete",
        ["log"] = "get",
        ["binding"] = "create",
        ["eviction"] = "create",
        ["token"] = "create",
        ["finalize"] = "update",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Group, whether it is in namespaces, resources with their subresources behind a slash and their verbs behind a colon.
    private static readonly (string Group, bool IsNamespaced, string Resources)[] Table =
    [
        ("", true, "pods/attach,binding,ephemeralcontainers,eviction,exec,log,portforward,proxy,resize,status services/proxy,status secrets configmaps "
            + "serviceaccounts/token endpoints events persistentvolumeclaims/status podtemplates replicationcontrollers/scale,status "
            + "resourcequotas/status limitranges bindings:create"),
        ("", false, "namespaces/finalize,status nodes/proxy,status persistentvolumes/status componentstatuses:get,list"),
        ("apps", true, "deployments/scale,status daemonsets/status statefulsets/scale,status replicasets/scale,status controllerrevisions"),
        ("batch", true, "jobs/status cronjobs/status"),
        ("autoscaling", true, "horizontalpodautoscalers/status"),
        ("policy", true, "poddisruptionbudgets/status"),
        ("policy", false, "podsecuritypolicies"),
        ("networking.k8s.io", true, "ingresses/status networkpolicies"),
        ("networking.k8s.io", false, "ingressclasses ipaddresses servicecidrs/status"),
        ("extensions", true, "ingresses/status"),
        ("discovery.k8s.io", true, "endpointslices"),
        ("events.k8s.io", true, "events"),
        ("coordination.k8s.io", true, "leases leasecandidates"),
        ("rbac.authorization.k8s.io", true, "roles rolebindings"),
        ("rbac.authorization.k8s.io", false, "clusterroles clusterrolebindings"),
        ("admissionregistration.k8s.io", false, "mutatingwebhookconfigurations validatingwebhookconfigurations validatingadmissionpolicies/status "
            + "validatingadmissionpolicybindings mutatingadmissionpolicies mutatingadmissionpolicybindings"),
        ("apiextensions.k8s.io", false, "customresourcedefinitions/status"),
        ("apiregistration.k8s.io", false, "apiservices/status"),
        ("certificates.k8s.io", false, "certificatesigningrequests/approval,status clustertrustbundles"),
        ("storage.k8s.io", false, "storageclasses volumeattachments/status csidrivers csinodes volumeattributesclasses"),
        ("storage.k8s.io", true, "csistoragecapacities"),
        ("scheduling.k8s.io", false, "priorityclasses"),
        ("node.k8s.io", false, "runtimeclasses"),
        ("flowcontrol.apiserver.k8s.io", false, "flowschemas/status prioritylevelconfigurations/status"),
        ("resource.k8s.io", true, "resourceclaims/status resourceclaimtemplates"),
        ("resource.k8s.io", false, "deviceclasses resourceslices"),
        ("authentication.k8s.io", false, "tokenreviews:create selfsubjectreviews:create"),
        ("authorization.k8s.io", false, "subjectaccessreviews:create selfsubjectaccessreviews:create selfsubjectrulesreviews:create"),
        ("authorization.k8s.io", true, "localsubjectaccessreviews:create"),
        ("metrics.k8s.io", true, "pods:get,list"),
        ("metrics.k8s.io", false, "nodes:get,list"),
    ];

    /// <summary>All of them, subresources as resources of their own.</summary>
    public static ImmutableArray<ApiResource> All { get; } = [.. Table.SelectMany(row => row.Resources.Split(' ').SelectMany(written => Read(row.Group, row.IsNamespaced, written)))];

    private static ILookup<string, ApiResource> ByName { get; } = All.ToLookup(each => each.Resource, StringComparer.Ordinal);

    /// <summary>Those of a name, in whatever groups, with their subresources; none of an unknown one.</summary>
    public static IEnumerable<ApiResource> Named(string resource) => ByName[resource];

    private static IEnumerable<ApiResource> Read(string group, bool isNamespaced, string written)
    {
        var verbs = written.Split(':') is [_, var own] ? own.Replace(',', ' ') : AllVerbs;
        var (name, below) = written.Split(':')[0].Split('/') is [var resource, var subresources] ? (resource, subresources.Split(',')) : (written.Split(':')[0], []);
        return below.Select(subresource => new ApiResource(group, name, subresource, isNamespaced, [.. SubresourceVerbs.GetValueOrDefault(subresource, OnePart).Split(' ')]))
            .Prepend(new ApiResource(group, name, "", isNamespaced, [.. verbs.Split(' ')]));
    }
}

/// <summary>A resource or subresource. Immutable.</summary>
/// <param name="Group">Its API group; empty for core.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Subresource">The subresource; empty for the resource itself.</param>
/// <param name="IsNamespaced">Whether its objects are in namespaces.</param>
/// <param name="Verbs">The verbs that requests for it have.</param>
public sealed record ApiResource(string Group, string Resource, string Subresource, bool IsNamespaced, ImmutableArray<string> Verbs)
{
    /// <summary>As a policy writes it, like <c>pods/exec</c>.</summary>
    public string Written => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";
}
