using Reeve.Server.Setup.Manifests;

namespace Reeve.Server.Setup.Platforms;

/// <summary>The flags, mounts and volumes of a chain in the forms in which distributions take them.</summary>
internal static class FlagLists
{
    /// <summary>As <c>extraArgs</c> of kubeadm v1beta4.</summary>
    public static string Named(AuditChain chain) => Each(chain, flag => $"- {{ name: {flag.Name}, value: \"{flag.Value}\" }}");

    /// <summary>As <c>extraArgs</c> of kubeadm v1beta3, which kind takes.</summary>
    public static string Mapped(AuditChain chain) => Each(chain, flag => $"{flag.Name}: \"{flag.Value}\"");

    /// <summary>As <c>kube-apiserver-arg</c> of k3s and RKE2.</summary>
    public static string Listed(AuditChain chain, params string[] without) =>
        string.Join('\n', Flags(chain).Where(flag => !without.Contains(flag.Name)).Select(flag => $"- {flag.Name}={flag.Value}"));

    /// <summary>As options of <c>minikube start</c>.</summary>
    public static string Options(AuditChain chain) => string.Join(" \\\n", Flags(chain).Select(flag => $"--extra-config=apiserver.{flag.Name}={flag.Value}"));

    /// <summary>As <c>extraVolumes</c> of kubeadm, which mounts its folder of keys by itself.</summary>
    public static string Volumes(AuditChain chain) => string.Join('\n', WantedMount.Of(chain)
        .Where(mount => !mount.Path.StartsWith("/etc/kubernetes/pki/", StringComparison.Ordinal))
        .Select(mount => $"- {{ name: {mount.Name}, hostPath: {mount.Path}, mountPath: {mount.Path}, readOnly: {(mount.IsReadOnly ? "true" : "false")}, pathType: {mount.Type} }}"));

    private static string Each(AuditChain chain, Func<WantedFlag, string> form) => string.Join('\n', Flags(chain).Select(form));

    private static IEnumerable<WantedFlag> Flags(AuditChain chain) => WantedFlag.Of(chain).Where(flag => !flag.IsDefault);
}
