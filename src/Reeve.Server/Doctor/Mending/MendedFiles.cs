using Reeve.Server.Doctor.Checks;
using Reeve.Server.Setup;
using Reeve.Server.Setup.Manifests;

namespace Reeve.Server.Doctor.Mending;

/// <summary>The files of a chain as they should be: they name the same paths, and lose and show nothing. Where people have to decide, a file stays as it is.</summary>
internal static class MendedFiles
{
    private const string DefaultPolicy = "/etc/kubernetes/audit-policy.yaml";
    private const string DefaultLog = "/var/log/kubernetes/audit/audit.log";

    /// <summary>Each file that is mended, by the path it was given with.</summary>
    public static IEnumerable<(string Path, string Text)> Of(Chain chain)
    {
        var policy = chain.Policies.FirstOrDefault()?.File.NodePath;
        var wanted = new AuditChain
        {
            Cluster = "default",
            PolicyFile = string.IsNullOrEmpty(policy) ? chain.Manifests.FirstOrDefault()?.Flag("audit-policy-file")?.Value ?? DefaultPolicy : policy,
            LogFile = chain.AuditLog.Length > 0 ? chain.AuditLog : DefaultLog,
        };
        return chain.Policies.Select(read => (read.File.Path, MendedPolicy.Of(read)))
            .Concat(chain.Manifests.Where(read => read.Pod is not null).Select(read => (read.File.Path, Manifest(read, wanted))))
            .Concat(chain.Rsyslog.Select(read => (read.File.Path, Rsyslog(read, wanted))));
    }

    private static string Manifest(ReadManifest read, AuditChain wanted) => ManifestPatch.Apply(read.Text.Text, wanted).Text;

    private static string Rsyslog(ReadRsyslog read, AuditChain wanted)
    {
        var (host, port) = RsyslogChecks.TargetOf(read) ?? ("127.0.0.1", 1514);
        return ChainValues.Fill("rsyslog.conf", wanted with { SyslogHost = host, SyslogPort = port }) + "\n";
    }
}
