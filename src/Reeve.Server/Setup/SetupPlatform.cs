using System.Collections.Immutable;

namespace Reeve.Server.Setup;

/// <summary>A way to run Kubernetes, and where its apiserver takes its policy and its flags from. Immutable.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="PolicyFile">Where the policy lies on the node; empty where nobody can set one.</param>
/// <param name="LogFile">Where the log is written; empty where it is not on any node.</param>
/// <param name="Template">The file of <c>content/setup</c> with its flags or commands; empty where only the manifest is patched.</param>
/// <param name="File">What that file is called.</param>
/// <param name="Next">What to do with the files, a line each.</param>
internal sealed record SetupPlatform(string Name, string PolicyFile, string LogFile, string Template, string File, ImmutableArray<string> Next)
{
    private const string Kubeadm = "/etc/kubernetes/audit-policy.yaml";
    private const string Log = "/var/log/kubernetes/audit/audit.log";

    /// <summary>All there are.</summary>
    public static ImmutableArray<SetupPlatform> All { get; } =
    [
        new("kubeadm", Kubeadm, Log, "kubeadm-config.yaml", "kubeadm-config.yaml",
        [
            "Put the policy in its place on every control plane first: kube-apiserver does not start without it.",
            "Patch the manifest: reeve setup kubeadm --manifest /etc/kubernetes/manifests/kube-apiserver.yaml --write; kubelet restarts kube-apiserver by itself.",
            "For nodes to come, merge kubeadm-config.yaml into the ClusterConfiguration.",
        ]),
        new("k3s", "/var/lib/rancher/k3s/server/audit-policy.yaml", "/var/lib/rancher/k3s/server/logs/audit.log", "k3s-config.yaml", "etc/rancher/k3s/config.yaml.d/audit.yaml",
        [
            "Put both files in their places on every server, then: systemctl restart k3s",
        ]),
        new("rke2", "/etc/rancher/rke2/audit-policy.yaml", "/var/lib/rancher/rke2/server/logs/audit.log", "rke2-config.yaml", "etc/rancher/rke2/config.yaml.d/audit.yaml",
        [
            "Put both files in their places on every server, then: systemctl restart rke2-server",
        ]),
        new("kind", "/etc/kubernetes/audit-policy.yaml", Log, "kind-cluster.yaml", "kind-cluster.yaml",
        [
            "Copy the policy beside kind-cluster.yaml, then: kind create cluster --config kind-cluster.yaml",
            "The log is in ./audit-log on this machine: reeve serve ./audit-log",
        ]),
        new("minikube", "/etc/ssl/certs/audit-policy.yaml", "", "minikube.sh", "minikube.sh",
        [
            "Run minikube.sh beside the policy, and in another terminal: reeve serve audit.log",
        ]),
        new("talos", "", "/var/log/audit/kube/kube-apiserver.log", "talos-patch.yaml", "talos-patch.yaml",
        [
            "talosctl patch machineconfig --nodes CONTROL-PLANES --patch @talos-patch.yaml",
            "Talos runs no rsyslog: ship the log with a DaemonSet of Fluent Bit, Vector or the OpenTelemetry collector on the control planes.",
        ]),
        new("eks", "", "", "eks.sh", "eks.sh", ["EKS sends its audit log to CloudWatch; Reeve reads its subscriptions and the output of aws logs as they are."]),
        new("gke", "", "", "gke.sh", "gke.sh", ["GKE sends its audit log to Cloud Logging; Reeve reads its LogEntries, also in messages of Pub/Sub."]),
        new("aks", "", "", "aks.sh", "aks.sh", ["AKS sends its audit log where a diagnostic setting says; Reeve reads the records of Event Hubs and storage accounts."]),
    ];

    /// <summary>Whether its apiserver takes a policy and flags at all.</summary>
    public bool IsOwn => LogFile.Length > 0 || PolicyFile.Length > 0;
}
