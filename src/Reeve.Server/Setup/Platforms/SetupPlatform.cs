namespace Reeve.Server.Setup.Platforms;

/// <summary>Where a distribution of Kubernetes has its files, and how its apiserver is told what to record.</summary>
/// <param name="Name">What people call it on the command line.</param>
/// <param name="About">What it is, in a few words.</param>
internal sealed record SetupPlatform(string Name, string About)
{
    /// <summary>The audit policy.</summary>
    public string PolicyFile { get; init; } = "/etc/kubernetes/audit-policy.yaml";

    /// <summary>The audit log.</summary>
    public string LogFile { get; init; } = "/var/log/kubernetes/audit/audit.log";

    /// <summary>The kubeconfig of the webhook.</summary>
    public string WebhookKubeconfig { get; init; } = "/etc/kubernetes/pki/reeve-webhook.yaml";

    /// <summary>Whether its apiserver can write a log.</summary>
    public bool HasLog { get; init; } = true;

    /// <summary>Whether setup runs on the control plane node itself.</summary>
    public bool IsOnNode { get; init; }

    /// <summary>Whether flags of the apiserver can be read from its process.</summary>
    public bool HasProcess { get; init; }

    /// <summary>The static pod manifest that is patched; null where there is none.</summary>
    public string? Manifest { get; init; }

    /// <summary>The ways that work there, the one to take first; none where a cloud exports the log.</summary>
    public IReadOnlyList<string> Ways { get; init; } = ["rsyslog", "relp", "file", "webhook", "syslog-ng", "fluent-bit", "vector", "otel"];

    /// <summary>What a way of this platform must be told, where it is not the way that decides.</summary>
    public WayNeeds? Needs { get; init; }

    /// <summary>The files that tell the apiserver; the text is the policy.</summary>
    public required Func<AuditChain, string, IEnumerable<SetupFile>> Files { get; init; }

    /// <summary>What is to be done when everything is written.</summary>
    public required Func<AuditChain, IEnumerable<string>> Steps { get; init; }

    /// <summary>Whether the files of a way are written too, and not put into those of the platform.</summary>
    public bool WritesWay { get; init; } = true;
}
