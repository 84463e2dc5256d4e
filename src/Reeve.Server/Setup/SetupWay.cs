using System.Collections.Immutable;

namespace Reeve.Server.Setup;

/// <summary>A way for events from a node to Reeve. Immutable.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Template">The file of <c>content/setup</c>; empty where none is needed.</param>
/// <param name="Path">Where it belongs on the node.</param>
/// <param name="IsHttps">Whether it sends by HTTPS with a token; otherwise as plain syslog, or not at all.</param>
/// <param name="Next">What to do, a line each.</param>
internal sealed record SetupWay(string Name, string Template, string Path, bool IsHttps, ImmutableArray<string> Next)
{
    /// <summary>All there are.</summary>
    public static ImmutableArray<SetupWay> All { get; } =
    [
        new("file", "", "", IsHttps: false, ["Run Reeve where the log is: reeve serve {{logfolder}}"]),
        new("rsyslog", "rsyslog.conf", "/etc/rsyslog.d/k8s-audit.conf", IsHttps: false, ["mkdir -p /var/spool/rsyslog; rsyslogd -N1; systemctl restart rsyslog", "Plain TCP: neither encrypted nor acknowledged. The network must be one you trust, and in 'trust' of Reeve's listener."]),
        new("syslog-ng", "syslog-ng.conf", "/etc/syslog-ng/conf.d/k8s-audit.conf", IsHttps: false, ["syslog-ng --syntax-only; systemctl restart syslog-ng", "Plain TCP: neither encrypted nor acknowledged. The network must be one you trust, and in 'trust' of Reeve's listener."]),
        new("webhook", "webhook-kubeconfig.yaml", "/etc/kubernetes/audit-webhook.yaml", IsHttps: true, ["Encrypted, and acknowledged when it is on Reeve's disk. Write the node's name in place of NODE-NAME."]),
        new("fluent-bit", "fluent-bit.conf", "/etc/fluent-bit/fluent-bit.conf", IsHttps: true, ["systemctl restart fluent-bit"]),
        new("vector", "vector.yaml", "/etc/vector/vector.yaml", IsHttps: true, ["vector validate; systemctl restart vector"]),
        new("otel", "otel-collector.yaml", "/etc/otelcol-contrib/config.yaml", IsHttps: true, ["systemctl restart otelcol-contrib"]),
    ];
}
