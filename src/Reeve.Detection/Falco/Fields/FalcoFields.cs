using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Reeve.Detection.Fields;

namespace Reeve.Detection.Falco.Fields;

/// <summary>
/// The fields of Falco's k8saudit plugin and where their values stand (falcosecurity/plugins, k8saudit, fields). A new one is a row.
/// </summary>
internal static class FalcoFields
{
    private static readonly string[] ContainerLists = ["containers", "initContainers", "ephemeralContainers"];

    private static readonly string[] RuleParts = ["apiGroups", "nonResourceURLs", "verbs", "resources"];

    private static readonly FrozenDictionary<string, FalcoField> All = Rows().ToFrozenDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <summary>Finds a field by its name without its argument.</summary>
    public static bool TryGet(string name, [NotNullWhen(true)] out FalcoField? field) => All.TryGetValue(name, out field);

    private static IEnumerable<FalcoField> Rows() =>
    [
        At("jevt.rawtime", new Field.RawTime()),
        At("jevt.time", new Field.Path("stageTimestamp")),
        At("jevt.time.iso8601", new Field.Path("stageTimestamp")),
        At("evt.time", new Field.Path("stageTimestamp")),
        At("jevt.obj", new Field.Pointer("")),
        new("jevt.value", FieldArgument.Required, pointer => new Field.Pointer(pointer)),
        At("ka.auditid", "auditID"),
        At("ka.stage", "stage"),
        At("ka.auth.decision", "annotations.authorization.k8s.io/decision"),
        At("ka.auth.reason", "annotations.authorization.k8s.io/reason"),
        At("ka.auth.openshift.decision", "annotations.authentication.openshift.io/decision"),
        At("ka.auth.openshift.username", "annotations.authentication.openshift.io/username"),
        At("ka.validations.admission.policy.failure", "annotations.validation.policy.admission.k8s.io/validation_failure"),
        At("ka.security.pod.violations", "annotations.pod-security.kubernetes.io/audit-violations"),
        At("ka.user.name", "user.username"),
        At("ka.user.groups", "user.groups"),
        At("ka.impuser.name", "impersonatedUser.username"),
        At("ka.verb", "verb"),
        At("ka.uri", "requestURI"),
        new("ka.uri.param", FieldArgument.Required, name => new Field.QueryParameter(name)),
        At("ka.target.name", "objectRef.name"),
        At("ka.target.namespace", "objectRef.namespace"),
        At("ka.target.resource", "objectRef.resource"),
        At("ka.target.subresource", "objectRef.subresource"),
        At("ka.target.pod.name", TargetPod()),
        At("ka.cluster.name", "cluster"),
        At("ka.useragent", "userAgent"),
        Listed("ka.sourceips", "sourceIPs"),
        At("ka.resp.name", "responseObject.metadata.name"),
        At("ka.response.code", "responseStatus.code"),
        At("ka.response.reason", "responseStatus.reason"),
        At("ka.req.binding.subjects", "requestObject.subjects"),
        At("ka.req.binding.subjects.user_names", Subjects("user_names", "User", subject => subject.Name)),
        At("ka.req.binding.subjects.group_names", Subjects("group_names", "Group", subject => subject.Name)),
        At("ka.req.binding.subjects.serviceaccount_names", Subjects("serviceaccount_names", "ServiceAccount", subject => subject.Name)),
        At("ka.req.binding.subjects.serviceaccount_ns_names", Subjects("serviceaccount_ns_names", "ServiceAccount", subject => $"{subject.Namespace}:{subject.Name}")),
        At("ka.req.binding.role", "requestObject.roleRef.name"),
        new("ka.req.binding.subject.has_name", FieldArgument.Required, name => new Field.Computed($"ka.req.binding.subject.has_name[{name}]", [], _ => ["true"])),
        At("ka.req.configmap.name", "objectRef.name"),
        At("ka.req.configmap.obj", "requestObject.data"),
        At("ka.req.role.rules", "requestObject.rules"),
        .. RuleParts.Select(part => Nested($"ka.req.role.rules.{part}", "rules", part)),
        At("ka.req.service.type", "requestObject.spec.type"),
        Listed("ka.req.service.ports", "requestObject.spec.ports"),
        At("ka.req.pod.host_ipc", "requestObject.spec.hostIPC"),
        At("ka.req.pod.host_network", "requestObject.spec.hostNetwork"),
        At("ka.req.container.host_network", "requestObject.spec.hostNetwork"),
        At("ka.req.pod.host_pid", "requestObject.spec.hostPID"),
        At("ka.req.pod.run_as_user", "requestObject.spec.securityContext.runAsUser"),
        At("ka.req.pod.run_as_group", "requestObject.spec.securityContext.runAsGroup"),
        At("ka.req.pod.fs_group", "requestObject.spec.securityContext.fsGroup"),
        At("ka.req.pod.supplemental_groups", "requestObject.spec.securityContext.supplementalGroups"),
        Nested("ka.req.pod.volumes.hostpath", "spec.volumes", "hostPath.path"),
        Nested("ka.req.pod.volumes.flexvolume_driver", "spec.volumes", "flexVolume.driver"),
        Derived("ka.req.pod.volumes.volume_type", "spec.volumes", BodyValues.VolumeTypes),
        new("ka.req.volume.hostpath", FieldArgument.Required, HasHostPath),
        At("ka.req.container.image", new Field.Union("ka.req.container.image", [new Field.Path("requestObject.spec.containers.image")], FirstOnly: true)),
        At("ka.req.container.image.repository", new Field.Computed(
            "ka.req.container.image.repository", [new Field.Path("requestObject.spec.containers.image")], values => values[0].Take(1).Select(BodyValues.Repository))),
        At("ka.req.container.privileged", new Field.Computed(
            "ka.req.container.privileged", [new Field.Path("requestObject.spec.containers"), new Field.Path("requestObject.spec.containers.securityContext.privileged")],
            values => values[0].Count == 0 ? [] : [values[1].Contains("true", StringComparer.Ordinal) ? "true" : "false"])),
        .. ContainerLists.SelectMany(OfContainers),
    ];

    private static IEnumerable<FalcoField> OfContainers(string list)
    {
        var (name, path) = ($"ka.req.pod.{list}", $"spec.{list}");
        return
        [
            Nested($"{name}.name", path, "name"),
            Nested($"{name}.image", path, "image"),
            Derived($"{name}.image.repository", $"{path}.image", images => images.Select(BodyValues.Repository), element: path),
            Nested($"{name}.command", path, "command"),
            Nested($"{name}.args", path, "args"),
            Nested($"{name}.host_port", path, "ports.hostPort"),
            Nested($"{name}.privileged", path, "securityContext.privileged"),
            Nested($"{name}.allow_privilege_escalation", path, "securityContext.allowPrivilegeEscalation"),
            Nested($"{name}.read_only_fs", path, "securityContext.readOnlyRootFilesystem"),
            Nested($"{name}.run_as_user", path, "securityContext.runAsUser"),
            Nested($"{name}.run_as_group", path, "securityContext.runAsGroup"),
            Effective($"{name}.eff_run_as_user", path, "runAsUser"),
            Effective($"{name}.eff_run_as_group", path, "runAsGroup"),
            Nested($"{name}.proc_mount", path, "securityContext.procMount"),
            Nested($"{name}.add_capabilities", path, "securityContext.capabilities.add"),
        ];
    }

    private static FalcoField At(string name, string path) => At(name, new Field.Path(path));

    private static FalcoField At(string name, Field field) => new(name, FieldArgument.None, _ => field);

    private static FalcoField Listed(string name, string path) =>
        new(name, FieldArgument.Index, index => index.Length == 0 ? new Field.Path(path) : new Field.Pointer($"/{path.Replace('.', '/')}/{index}"));

    // Below each element of a list of the request's body, or below one.
    private static FalcoField Nested(string name, string list, string part) => new(name, FieldArgument.Index, index => index.Length == 0
        ? new Field.Path($"requestObject.{list}.{part}")
        : new Field.Computed($"{name}[{index}]", [Element(list, index)], values => values[0].SelectMany(element => BodyValues.At(element, part))));

    private static FalcoField Derived(string name, string path, Func<IEnumerable<string>, IEnumerable<string>> compute, string? element = null) => new(name, FieldArgument.Index, index => index.Length == 0
        ? new Field.Computed(name, [new Field.Path($"requestObject.{path}")], values => compute(values[0]))
        : new Field.Computed($"{name}[{index}]", [Element(element ?? path, index)], values => compute(element is null ? values[0] : values[0].SelectMany(each => BodyValues.At(each, path[(element.Length + 1)..])))));

    // The container's own, else the pod's, else 0.
    private static FalcoField Effective(string name, string list, string part) => new(name, FieldArgument.Index, index =>
    {
        var pod = new Field.Path($"requestObject.spec.securityContext.{part}");
        Field containers = index.Length == 0 ? new Field.Path($"requestObject.{list}") : Element(list, index);
        return new Field.Computed(index.Length == 0 ? name : $"{name}[{index}]", [containers, pod], values => values[0].Select(container =>
            BodyValues.At(container, $"securityContext.{part}").Concat(values[1]).Append("0").First()));
    });

    private static Field.Pointer Element(string list, string index) => new($"/requestObject/{list.Replace('.', '/')}/{index}");

    private static Field.Computed TargetPod() => new(
        "ka.target.pod.name", [new Field.Path("objectRef.resource"), new Field.Path("objectRef.name"), new Field.Path("responseObject.metadata.name")],
        values => values[0].Contains("pods", StringComparer.Ordinal) ? values[1].Concat(values[2]).Take(1) : []);

    private static Field.Computed Subjects(string name, string kind, Func<BindingSubject, string> text) => new(
        $"ka.req.binding.subjects.{name}", [new Field.Path("requestObject.subjects")],
        values => values[0].Select(BindingSubject.Parse).OfType<BindingSubject>().Where(subject => subject.Kind == kind).Select(text));

    // Whether a volume mounts the path, or with a star behind it, one below.
    private static Field.Computed HasHostPath(string path) => new(
        $"ka.req.volume.hostpath[{path}]", [new Field.Path("requestObject.spec.volumes"), new Field.Path("requestObject.spec.volumes.hostPath.path")],
        values => values[0].Count == 0 ? [] : [values[1].Any(mounted => path.EndsWith('*') ? mounted.StartsWith(path[..^1], StringComparison.Ordinal) : mounted == path) ? "true" : "false"]);
}
