using System.Text.RegularExpressions;
using Reeve.Server.Sources.Syslog;

namespace Reeve.Server.Setup;

/// <summary>
/// Everything that the files of one way from kube-apiserver to Reeve must say alike. Each generated file is filled from one of
/// these, so that two of them cannot name different paths. A path is the same on the node and in the apiserver's container.
/// </summary>
internal sealed partial record AuditChain
{
    /// <summary>What stands in the place of a token that was not made yet.</summary>
    public const string NoToken = "TOKEN";

    // RFC 5424 §6: the most that APP-NAME holds.
    private const int LongestTag = 48;

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

    /// <summary>Whether the apiserver can write a log; where it cannot, it only sends.</summary>
    public bool HasLog { get; init; } = true;

    /// <summary>The kubeconfig by which the apiserver sends its events to Reeve; null where it only writes its log.</summary>
    public string? WebhookKubeconfig { get; init; }

    /// <summary>Where Reeve takes syslog.</summary>
    public string SyslogHost { get; init; } = "127.0.0.1";

    /// <summary>The port of <see cref="SyslogHost"/>.</summary>
    public int SyslogPort { get; init; } = 1514;

    /// <summary>The type of Reeve's source for it: <c>syslog</c>, or <c>relp</c>.</summary>
    public string SyslogType { get; init; } = SyslogSourceFactory.Type;

    /// <summary>The name of Reeve's source for syslog.</summary>
    public string SyslogSource { get; init; } = "syslog";

    /// <summary>Where Reeve's pages and API are, without a slash at the end.</summary>
    public string Url { get; init; } = "https://127.0.0.1:8080";

    /// <summary>Which apiserver reports; null where the address does not say.</summary>
    public string? Host { get; init; }

    /// <summary>The secret of a token that sends this cluster's events.</summary>
    public string Token { get; init; } = NoToken;

    /// <summary>
    /// The certificate authority of <see cref="Url"/>, a PEM file; null where the system knows it. Syslog goes by TLS where it is set.
    /// </summary>
    public string? AuthorityFile { get; init; }

    /// <summary>The content of <see cref="AuthorityFile"/>, for files that carry it in them; null to name the file there too.</summary>
    public string? Authority { get; init; }

    /// <summary>The certificate that a sender of syslog shows by TLS, a PEM file; null where it shows none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The key of <see cref="CertificateFile"/>, a PEM file.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Where rsyslog keeps how far it has read, and its queue.</summary>
    public string WorkFolder { get; init; } = "/var/spool/rsyslog";

    /// <summary>Where a shipper keeps the same.</summary>
    public string StateFolder { get; init; } = "/var/lib/reeve-shipper";

    /// <summary>The folder of <see cref="LogFile"/>.</summary>
    public string LogFolder => Path.GetDirectoryName(LogFile)!;

    /// <summary>By what syslog's messages, and a shipper's records, are known to be this cluster's.</summary>
    public string Tag => $"k8s-audit-{Cluster}" is var tag && tag.Length > LongestTag ? tag[..LongestTag] : tag;

    /// <summary>The path of <see cref="Url"/> that takes this cluster's events.</summary>
    public string SendPath => $"/api/v1/sources/kubernetes/{Cluster}{(Host is null ? "" : "/" + Host)}";

    /// <summary>Whether a path can stand in every generated file as it is: absolute, of letters, digits, '.', '_' and '-'.</summary>
    public static bool IsPath(string path) => PathForm.IsMatch(path);

    [GeneratedRegex(@"\A(/[A-Za-z0-9._-]+)+\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PathForm { get; }
}
