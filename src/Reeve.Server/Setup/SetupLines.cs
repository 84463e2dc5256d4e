using System.Globalization;

namespace Reeve.Server.Setup;

/// <summary>The lines for one server, ready to be copied.</summary>
/// <param name="Place">Where the server is.</param>
/// <param name="Cluster">The cluster's name, see <see cref="Sources.ClusterName"/>.</param>
/// <param name="Token">The secret of a token for that cluster; null where none was made yet.</param>
internal sealed record SetupLines(SetupPlace Place, string Cluster, string? Token)
{
    private const string NoToken = "TOKEN";

    private AuditChain Chain => new() { Cluster = Cluster };

    /// <summary>rsyslog on a control plane node: follows the log by inotify, cuts nothing, keeps what it cannot send.</summary>
    public string Rsyslog => Fill("rsyslog.conf");

    /// <summary>What of reeve.yaml opens the syslog listener for other machines.</summary>
    public string OpenSyslog => Fill("syslog-listener.yaml");

    /// <summary>What of reeve.yaml opens pages, API and webhook for other machines.</summary>
    public string OpenHttp => Fill("http-listener.yaml");

    /// <summary>The kubeconfig of <c>--audit-webhook-config-file</c>.</summary>
    public string Kubeconfig => Fill("webhook-kubeconfig.yaml");

    /// <summary>The apiserver's flags.</summary>
    public string Flags => Fill("apiserver-flags.txt");

    /// <summary>Sends one sample event.</summary>
    public string Curl => Fill("curl.sh");

    /// <summary>Reads a folder without any configuration.</summary>
    public string ServeFile => Fill("serve-file.sh");

    /// <summary>What of reeve.yaml reads a folder.</summary>
    public string FileSource => Fill("file-source.yaml");

    /// <summary>Makes a token on the command line.</summary>
    public string TokenCommand => Fill("token-create.sh");

    private string Fill(string file) => SetupText.Of(file, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // An apiserver sends its token over https only.
        ["url"] = file == "curl.sh" ? Place.Url : Place.Elsewhere.Replace("http:", "https:", StringComparison.Ordinal),
        ["cluster"] = Cluster,
        ["log"] = Chain.LogFile,
        ["kubeconfig"] = "/etc/kubernetes/audit-webhook.yaml",
        ["ca"] = AuditChain.ServerCa,
        ["token"] = Token ?? NoToken,
        ["name"] = Place.Syslog?.Name ?? "syslog",
        ["host"] = Place.Syslog?.Host ?? "127.0.0.1",
        ["port"] = file == "http-listener.yaml" ? Place.HttpPort : (Place.Syslog?.Port ?? 1514).ToString(CultureInfo.InvariantCulture),
    });
}
