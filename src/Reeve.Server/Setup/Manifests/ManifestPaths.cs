using YamlDotNet.Core;

namespace Reeve.Server.Setup.Manifests;

/// <summary>What a manifest says already.</summary>
internal static class ManifestPaths
{
    /// <summary>A chain with the paths of policy and log that a manifest has, where it has any: nothing is moved that is in its place.</summary>
    public static AuditChain Adopt(string manifest, AuditChain chain)
    {
        try
        {
            var pod = ApiServerPod.Read(manifest);
            return chain with
            {
                PolicyFile = Path("audit-policy-file") ?? chain.PolicyFile,
                LogFile = Path("audit-log-path") ?? chain.LogFile,
            };

            string? Path(string flag) => pod.Flags.LastOrDefault(given => given.Name == flag)?.Value is { } path && AuditChain.IsPath(path) ? path : null;
        }
        catch (Exception failure) when (failure is YamlException or ManifestRefusedException)
        {
            // The patch says what is wrong, with its place.
            return chain;
        }
    }
}
