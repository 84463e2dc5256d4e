using Reeve.Server.Setup.Manifests;
using Reeve.Server.Sources.Syslog;

namespace Reeve.Server.Setup;

/// <summary>The lines for one server, ready to be copied.</summary>
/// <param name="Place">Where the server is.</param>
/// <param name="Cluster">The cluster's name, see <see cref="Sources.ClusterName"/>.</param>
/// <param name="Token">The secret of a token for that cluster; null where none was made yet.</param>
internal sealed record SetupLines(SetupPlace Place, string Cluster, string? Token)
{
    /// <summary>rsyslog on a control plane node: follows the log by inotify, cuts nothing, keeps what it cannot send.</summary>
    public string Rsyslog => ChainValues.Fill("rsyslog.conf", Syslog);

    /// <summary>What of reeve.yaml opens the syslog listener for other machines.</summary>
    public string OpenSyslog => ChainValues.Fill("reeve-syslog.yaml", Syslog);

    /// <summary>What of reeve.yaml opens pages, API and webhook for other machines.</summary>
    public string OpenHttp => ChainValues.Fill("http-listener.yaml", Chain, ("port", Place.HttpPort));

    /// <summary>The kubeconfig of <c>--audit-webhook-config-file</c>.</summary>
    public string Kubeconfig => $"# {Chain.WebhookKubeconfig} on every control plane node, mode 0600\n{ChainValues.Fill("webhook-kubeconfig.yaml", Chain)}";

    /// <summary>The apiserver's flags.</summary>
    public string Flags => string.Join('\n', WantedFlag.Of(Chain).Where(flag => !flag.IsDefault).Select(flag => flag.Text));

    /// <summary>Sends one sample event.</summary>
    public string Curl => ChainValues.Fill("curl.sh", Chain, ("url", Place.Url));

    /// <summary>Reads a folder without any configuration.</summary>
    public string ServeFile => ChainValues.Fill("serve-file.sh", Chain);

    /// <summary>What of reeve.yaml reads a folder.</summary>
    public string FileSource => ChainValues.Fill("file-source.yaml", Chain);

    /// <summary>Makes a token on the command line.</summary>
    public string TokenCommand => ChainValues.Fill("token-create.sh", Chain);

    // Syslog goes by TLS where an authority is named.
    private AuditChain Syslog => Place.Syslog is { IsTls: true } ? Chain : Chain with { AuthorityFile = null };

    private AuditChain Chain => new()
    {
        Cluster = Cluster,
        Token = Token ?? AuditChain.NoToken,
        // An apiserver sends its token over https only.
        Url = Place.Elsewhere.Replace("http:", "https:", StringComparison.Ordinal),
        Host = "NODE-NAME",
        AuthorityFile = "/etc/kubernetes/pki/reeve-ca.crt",
        WebhookKubeconfig = "/etc/kubernetes/pki/reeve-webhook.yaml",
        SyslogType = Place.Syslog?.Type ?? SyslogSourceFactory.Type,
        SyslogSource = Place.Syslog?.Name ?? "syslog",
        SyslogHost = Place.Syslog?.Host ?? "127.0.0.1",
        SyslogPort = Place.Syslog?.Port ?? 1514,
    };
}
