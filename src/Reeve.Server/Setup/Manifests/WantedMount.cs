namespace Reeve.Server.Setup.Manifests;

/// <summary>What kube-apiserver must see of the node's files.</summary>
/// <param name="Name">The name of the volume where one is made.</param>
/// <param name="Path">The file or folder, on the node and in the container.</param>
/// <param name="IsReadOnly">Whether it is only read.</param>
/// <param name="Type">The type of the hostPath.</param>
internal sealed record WantedMount(string Name, string Path, bool IsReadOnly, string Type)
{
    /// <summary>The path whose mount counts: for the log its file, since a mount of the file itself would hinder rotation.</summary>
    public required string Seen { get; init; }

    /// <summary>Whether a mount at another path was meant to be this one.</summary>
    public required Func<PodMount, bool> IsMeantBy { get; init; }

    /// <summary>The mounts of a chain.</summary>
    public static IReadOnlyList<WantedMount> Of(AuditChain chain) =>
    [
        File("audit-policy", chain.PolicyFile) with { IsMeantBy = IsPolicy },
        new("audit-log", chain.LogFolder, IsReadOnly: false, "DirectoryOrCreate") { Seen = chain.LogFile, IsMeantBy = IsLog },
        .. chain.WebhookKubeconfig is { } kubeconfig ? (WantedMount[])[File("audit-webhook", kubeconfig)] : [],
    ];

    private static WantedMount File(string name, string path) =>
        new(name, path, IsReadOnly: true, "File") { Seen = path, IsMeantBy = mount => mount.Volume.Value == name };

    private static bool IsPolicy(PodMount mount) =>
        mount.Volume.Value == "audit-policy" || (IsYaml(mount) && (mount.Volume.Value == "audit" || Says(mount, "audit", "polic")));

    private static bool IsLog(PodMount mount) =>
        !IsYaml(mount) && (mount.Volume.Value is "audit-log" or "audit-logs" || (mount.Path.StartsWith("/var/log/", StringComparison.Ordinal) && Says(mount, "audit")));

    private static bool IsYaml(PodMount mount) => System.IO.Path.GetExtension(mount.Path) is ".yaml" or ".yml";

    private static bool Says(PodMount mount, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (!mount.Path.Contains(word, StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }
}
