using System.Globalization;
using System.Text;
using Reeve.Server.Sources.Relp;

namespace Reeve.Server.Setup;

/// <summary>What fills the places of the files in <c>content/setup</c>.</summary>
internal static class ChainValues
{
    /// <summary>A file of <c>content/setup</c>, filled.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="chain">What fills it.</param>
    /// <param name="more">What fills places of this file alone.</param>
    public static string Fill(string file, AuditChain chain, params ReadOnlySpan<(string Place, string Value)> more)
    {
        var values = Of(chain);
        foreach (var (place, value) in more)
            values[place] = value;
        return SetupText.Of(file, values);
    }

    private static Dictionary<string, string> Of(AuditChain chain)
    {
        var url = new Uri(chain.Url);
        var ca = chain.AuthorityFile;
        var isRelp = chain.SyslogType == RelpSourceFactory.Type;
        return new(StringComparer.Ordinal)
        {
            ["cluster"] = chain.Cluster,
            ["tag"] = chain.Tag,
            ["policy"] = chain.PolicyFile,
            ["log"] = chain.LogFile,
            ["folder"] = chain.LogFolder,
            ["webhook"] = chain.WebhookKubeconfig ?? "",
            ["type"] = chain.SyslogType,
            ["name"] = chain.SyslogSource,
            ["host"] = chain.SyslogHost,
            ["port"] = chain.SyslogPort.ToString(CultureInfo.InvariantCulture),
            ["transport"] = ca is null ? "tcp" : "tls",
            ["work"] = chain.WorkFolder,
            ["state"] = chain.StateFolder,
            ["url"] = chain.Url,
            ["urlhost"] = url.Host.Trim('[', ']'),
            ["urlport"] = url.Port.ToString(CultureInfo.InvariantCulture),
            ["tls"] = url.Scheme == Uri.UriSchemeHttps ? "on" : "off",
            ["path"] = chain.SendPath,
            ["token"] = chain.Token,
            ["webhookca"] = chain.Authority is { } pem ? $"certificate-authority-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(pem))}"
                : Line(ca, "certificate-authority: {0}"),
            ["fluentca"] = Line(ca, "tls.ca_file: {0}"),
            ["vectorca"] = Line(ca, "tls:\n  ca_file: {0}"),
            ["otelca"] = Line(ca, "tls:\n  ca_file: {0}"),
            // Its other library takes no server's certificate without one of its own.
            ["omrelp"] = !isRelp ? "" : ca is null ? "module(load=\"omrelp\")" : "module(load=\"omrelp\" tls.tlslib=\"openssl\")",
            // rsyslog sends 1,024 messages at a time; where the window is smaller, each filling of it waits 200 ms in the kernel.
            ["output"] = isRelp ? "type=\"omrelp\" windowSize=\"2048\"" : "type=\"omfwd\" protocol=\"tcp\" tcp_framing=\"octet-counted\"",
            // What the sender trusts, and the name that Reeve's certificate must have.
            ["rsyslogtls"] = Line(ca, isRelp
                ? $"tls=\"on\" tls.caCert=\"{{0}}\" tls.authMode=\"name\" tls.permittedPeer=[\"{chain.SyslogHost}\"]{Own(chain, " tls.myCert=\"{0}\" tls.myPrivKey=\"{1}\"")}"
                : $"streamDriver=\"ossl\" streamDriverMode=\"1\" streamDriverAuthMode=\"x509/name\"\nstreamDriverPermittedPeers=\"{chain.SyslogHost}\" streamDriver.caFile=\"{{0}}\"{Own(chain, " streamDriver.certFile=\"{0}\" streamDriver.keyFile=\"{1}\"")}"),
            ["syslogngtls"] = Line(ca, $"tls(ca-file(\"{{0}}\") peer-verify(required-trusted){Own(chain, " cert-file(\"{0}\") key-file(\"{1}\")")})"),
            ["listentls"] = Line(ca, $"tls: {{certificate: /etc/reeve/tls.crt, key: /etc/reeve/tls.key{(chain.CertificateFile is null ? "" : ", clientCa: /etc/reeve/senders-ca.crt")}}}   # signed by {{0}}"),
            ["curlca"] = Line(ca, "--cacert {0} "),
        };
    }

    private static string Own(AuditChain chain, string form) =>
        chain.CertificateFile is null ? "" : form.Replace("{0}", chain.CertificateFile, StringComparison.Ordinal).Replace("{1}", chain.KeyFile, StringComparison.Ordinal);

    private static string Line(string? value, string form) => value is null ? "" : form.Replace("{0}", value, StringComparison.Ordinal);
}
