using Reeve.Server.Setup.Platforms;

namespace Reeve.Server.Setup;

/// <summary>All that makes a chain.</summary>
/// <param name="Chain">What all files say alike.</param>
/// <param name="Files">The files, the manifest not among them.</param>
/// <param name="Steps">What is to be done when they are written, a line each.</param>
internal sealed record SetupPlan(AuditChain Chain, IReadOnlyList<SetupFile> Files, IReadOnlyList<string> Steps)
{
    /// <summary>Plans a chain.</summary>
    /// <param name="platform">Where the cluster runs.</param>
    /// <param name="way">One of its ways; null where it has none.</param>
    /// <param name="chain">What was chosen; <see cref="On"/> gives it the paths of the platform.</param>
    /// <param name="policy">The audit policy; null for the one that Reeve comes with.</param>
    public static SetupPlan Of(SetupPlatform platform, SetupWay? way, AuditChain chain, string? policy)
    {
        var written = platform.WritesWay ? way : null;
        var wayFiles = written?.Files(chain).Select(file => platform.IsOnNode || file.Path != chain.WebhookKubeconfig ? file : file with { Path = Path.GetFileName(file.Path) }) ?? [];
        return new(
            chain,
            [.. platform.Files(chain, policy ?? SetupText.Of("audit-policy.yaml")), .. wayFiles],
            [.. written?.Steps(chain) ?? [], .. platform.Steps(chain)]);
    }

    /// <summary>A chain with the paths of a platform.</summary>
    public static AuditChain On(SetupPlatform platform, SetupWay? way, AuditChain chain) => chain with
    {
        PolicyFile = platform.PolicyFile,
        LogFile = platform.LogFile,
        HasLog = platform.HasLog,
        WebhookKubeconfig = way?.Name == "webhook" ? platform.WebhookKubeconfig : null,
    };
}
