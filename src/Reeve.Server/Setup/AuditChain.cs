namespace Reeve.Server.Setup;

/// <summary>
/// Everything that the files of one way from kube-apiserver to Reeve must say alike. Each generated file is filled from one of
/// these, so that two of them cannot name different paths. A path is the same on the node and in the apiserver's container.
/// </summary>
internal sealed record AuditChain
{
    /// <summary>The cluster's name, see <see cref="Sources.ClusterName"/>.</summary>
    public required string Cluster { get; init; }

    /// <summary>The audit policy.</summary>
    public string PolicyFile { get; init; } = "/etc/kubernetes/audit-policy.yaml";

    /// <summary>The log that the apiserver writes. Its folder is mounted, never the file: rotation renames it.</summary>
    public string LogFile { get; init; } = "/var/log/kubernetes/audit/audit.log";

    /// <summary>Days that rotated logs are kept; CIS Kubernetes Benchmark 1.2.17 asks for 30.</summary>
    public int MaxAge { get; init; } = 30;

    /// <summary>Rotated logs that are kept; CIS 1.2.18 asks for 10.</summary>
    public int MaxBackups { get; init; } = 10;

    /// <summary>Megabytes at which a log is rotated; CIS 1.2.19 asks for 100.</summary>
    public int MaxSize { get; init; } = 100;

    /// <summary>The kubeconfig by which the apiserver sends its events to Reeve; null where it only writes its log.</summary>
    public string? WebhookKubeconfig { get; init; }

    /// <summary>The folder of <see cref="LogFile"/>.</summary>
    public string LogFolder => Path.GetDirectoryName(LogFile)!;
}
