namespace Reeve.Server.Setup.Platforms;

/// <summary>Every platform that is known.</summary>
internal static class PlatformTable
{
    private const string Workstation = "audit-policy.yaml";

    /// <summary>All of them, in the order in which they are told.</summary>
    public static IReadOnlyList<SetupPlatform> All { get; } =
    [
        new("kubeadm", "and all whose apiserver is a static pod")
        {
            IsOnNode = true,
            HasProcess = true,
            Manifest = "/etc/kubernetes/manifests/kube-apiserver.yaml",
            Files = (chain, policy) => [Policy(chain.PolicyFile, policy), new("kubeadm-audit.yaml", Text("kubeadm-config.yaml", chain, ("flags", FlagLists.Named(chain)), ("volumes", FlagLists.Volumes(chain))))],
            Steps = _ =>
            [
                "kubelet starts the apiserver again by itself when its manifest changes; do the same on every control plane node",
                "merge kubeadm-audit.yaml into your ClusterConfiguration, or kubeadm upgrade takes the flags out again",
            ],
        },
        new("k3s", "servers of k3s")
        {
            IsOnNode = true,
            PolicyFile = "/var/lib/rancher/k3s/server/audit.yaml",
            LogFile = "/var/lib/rancher/k3s/server/logs/audit.log",
            WebhookKubeconfig = "/var/lib/rancher/k3s/server/reeve-webhook.yaml",
            Files = (chain, policy) => [Policy(chain.PolicyFile, policy), new("/etc/rancher/k3s/config.yaml.d/90-reeve-audit.yaml", Text("k3s-config.yaml", chain, ("flags", FlagLists.Listed(chain))))],
            Steps = chain => [$"on every server: mkdir -p -m 700 {chain.LogFolder} && systemctl restart k3s"],
        },
        new("rke2", "servers of RKE2")
        {
            IsOnNode = true,
            HasProcess = true,
            PolicyFile = "/etc/rancher/rke2/audit-policy.yaml",
            LogFile = "/var/lib/rancher/rke2/server/logs/audit.log",
            WebhookKubeconfig = "/etc/rancher/rke2/reeve-webhook.yaml",
            Files = (chain, policy) => [Policy(chain.PolicyFile, policy), new("/etc/rancher/rke2/config.yaml.d/90-reeve-audit.yaml", Text("rke2-config.yaml", chain, ("flags", FlagLists.Listed(chain, "audit-policy-file"))))],
            Steps = _ => ["on every server: systemctl restart rke2-server"],
        },
        new("kind", "clusters of kind, made anew")
        {
            WebhookKubeconfig = "/etc/kubernetes/audit-webhook.yaml",
            Ways = ["webhook", "file", "rsyslog", "relp", "syslog-ng", "fluent-bit", "vector", "otel"],
            Files = (chain, policy) => [Policy(Workstation, policy), new("kind.yaml", Text("kind-config.yaml", chain, ("flags", FlagLists.Mapped(chain)), ("volumes", FlagLists.Volumes(chain)), ("mounts", KindMounts(chain))))],
            Steps = chain => [$"in the folder of these files: kind create cluster --name {chain.Cluster} --config kind.yaml", $"the log is {chain.LogFile} on this machine too, readable for root"],
        },
        new("minikube", "clusters of minikube, started again")
        {
            HasLog = false,
            PolicyFile = "/etc/ssl/certs/audit-policy.yaml",
            WebhookKubeconfig = "/etc/ssl/certs/audit-webhook.yaml",
            // Its apiserver sees no folder of the node that it could write to, and lines on its output are cut at 16 KiB.
            Ways = ["webhook"],
            Files = (chain, policy) => [Policy(Workstation, policy), new("minikube.sh", Text("minikube.sh", chain, ("folder", Path.GetDirectoryName(chain.PolicyFile)!), ("flags", FlagLists.Options(chain)))) { IsProgram = true }],
            Steps = _ => ["sh minikube.sh"],
        },
        new("talos", "Talos Linux")
        {
            LogFile = "/var/log/audit/kube/kube-apiserver.log",
            // There is neither a shell nor a syslog daemon on its nodes.
            Ways = ["fluent-bit"],
            WritesWay = false,
            Files = TalosFiles,
            Steps = _ => ["talosctl patch machineconfig --patch @talos-patch.yaml --nodes CONTROL-PLANE-NODES", "kubectl apply -f reeve-shipper.yaml"],
        },
        .. CloudPlatforms.All,
    ];

    /// <summary>The platform of a name; null where there is none.</summary>
    public static SetupPlatform? Find(string name) => All.FirstOrDefault(platform => platform.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A file of <c>content/setup</c>, filled.</summary>
    internal static string Text(string file, AuditChain chain, params ReadOnlySpan<(string Place, string Value)> more) => ChainValues.Fill(file, chain, more) + "\n";

    private static SetupFile Policy(string path, string policy) => new(path, policy.TrimEnd('\n') + "\n") { IsPolicy = true };

    private static string KindMounts(AuditChain chain)
    {
        List<string> mounts =
        [
            $"- {{ hostPath: ./{Workstation}, containerPath: {chain.PolicyFile}, readOnly: true }}",
            $"- {{ hostPath: {chain.LogFolder}, containerPath: {chain.LogFolder} }}",
        ];
        if (chain.WebhookKubeconfig is { } kubeconfig)
            mounts.Add($"- {{ hostPath: ./{Path.GetFileName(kubeconfig)}, containerPath: {kubeconfig}, readOnly: true }}");
        return string.Join('\n', mounts);
    }

    private static IEnumerable<SetupFile> TalosFiles(AuditChain chain, string policy)
    {
        yield return new("talos-patch.yaml", Text("talos-patch.yaml", chain, ("policytext", policy.TrimEnd('\n'))));
        var ca = chain.Authority is { } pem ? $"reeve-ca.crt: |\n  {pem.Trim().ReplaceLineEndings("\n  ")}" : "";
        // Fluent Bit fills the node's name in, which tells which apiserver reports.
        var shipper = ChainValues.Fill("fluent-bit.yaml", chain with { Host = "${NODE_NAME}", AuthorityFile = chain.Authority is null ? null : "/etc/reeve-shipper/reeve-ca.crt" });
        yield return new("reeve-shipper.yaml", Text("shipper-daemonset.yaml", chain, ("castring", ca), ("shipper", shipper))) { IsSecret = true };
    }
}
