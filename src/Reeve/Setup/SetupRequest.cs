using Reeve.Commands;
using Reeve.Server.Setup;
using Reeve.Server.Setup.Platforms;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Relp;
using Reeve.Server.Sources.Syslog;

namespace Reeve.Setup;

/// <summary>What <c>reeve setup</c> was asked for.</summary>
internal sealed record SetupRequest
{
    private const int SyslogPort = 1514;
    private const int SyslogTlsPort = 6514;
    private const int RelpPort = 2514;

    /// <summary>The name of the platform.</summary>
    public required string Platform { get; init; }

    /// <summary>The cluster's name.</summary>
    public required string? Cluster { get; init; }

    /// <summary>The way; null for the platform's first.</summary>
    public string? Via { get; init; }

    /// <summary>The address of Reeve's pages and API.</summary>
    public string? Server { get; init; }

    /// <summary>Where Reeve takes syslog.</summary>
    public string? Syslog { get; init; }

    /// <summary>A file with a token that sends.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The authority that signed Reeve's certificate, a PEM file; with it syslog and RELP go by TLS.</summary>
    public string? Authority { get; init; }

    /// <summary>The certificate that the sender shows, a PEM file; null for none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The key of <see cref="Certificate"/>, a PEM file.</summary>
    public string? Key { get; init; }

    /// <summary>Which apiserver reports; null for this machine's name.</summary>
    public string? Host { get; init; }

    /// <summary>The platform and the way, checked.</summary>
    /// <exception cref="CommandFailedException">There is no such platform, or it has no such way.</exception>
    public (SetupPlatform Platform, SetupWay? Way) Choose()
    {
        var platform = PlatformTable.Find(Platform) ?? throw Wrong($"{Platform} is no platform that is known; these are: {string.Join(", ", PlatformTable.All.Select(one => one.Name))}");
        var name = Via ?? (platform.Ways.Count > 0 ? platform.Ways[0] : null);
        if (Via is not null && !platform.Ways.Contains(Via))
        {
            throw Wrong(platform.Ways.Count == 0
                ? $"--via {Via}: on {platform.Name} no flag of the apiserver can be set; leave it out to fetch what the cloud exports"
                : $"--via {Via}: on {platform.Name} it is one of {string.Join(", ", platform.Ways)}");
        }

        return (platform, name is null ? null : SetupWay.Find(name));
    }

    /// <summary>What all files say alike.</summary>
    /// <exception cref="CommandFailedException">Something is missing or cannot be.</exception>
    public AuditChain Chain(SetupPlatform platform, SetupWay? way)
    {
        if (!ClusterName.IsValid(Cluster))
            throw Wrong(Cluster is null ? "name the cluster, as Reeve shall show it: --cluster prod" : $"--cluster {Cluster}: a cluster's name is {ClusterName.Form}");
        var needs = platform.Needs ?? way!.Needs;
        var chain = SetupPlan.On(platform, way, new() { Cluster = Cluster, Host = HostOn(platform), WorkFolder = WorkFolder() });
        if (needs == WayNeeds.Nothing)
            return chain;
        chain = chain with
        {
            AuthorityFile = Authority is null ? null : Path.GetFullPath(Authority),
            Authority = Authority is null ? null : Pem(Authority),
        };
        if (needs is WayNeeds.Syslog or WayNeeds.Relp)
        {
            var type = needs == WayNeeds.Relp ? RelpSourceFactory.Type : SyslogSourceFactory.Type;
            var (host, port) = SyslogAddress(needs == WayNeeds.Relp ? RelpPort : Authority is null ? SyslogPort : SyslogTlsPort);
            var (certificate, key) = Own();
            return chain with { SyslogType = type, SyslogSource = type, SyslogHost = host, SyslogPort = port, CertificateFile = certificate, KeyFile = key };
        }

        return chain with { Url = Url(needs), Token = TokenFile is null ? AuditChain.NoToken : Token(TokenFile) };
    }

    private string? HostOn(SetupPlatform platform)
    {
        var host = Host ?? (platform.IsOnNode ? Environment.MachineName : null);
        return host is null || ClusterName.IsValid(host) ? host : throw Wrong($"--host {host}: a host's name is {ClusterName.Form}");
    }

    private (string Host, int Port) SyslogAddress(int usualPort)
    {
        var text = Syslog ?? (Server is null ? null : Address(Server).Host)
            ?? throw Wrong("say where Reeve takes syslog: --syslog HOST[:PORT] (127.0.0.1 where it runs on this machine)");
        var parts = text.StartsWith('[') || text.Count(c => c == ':') == 1 ? text : $"[{text}]";
        if (!text.Contains(':', StringComparison.Ordinal))
            parts = text;
        return Uri.TryCreate($"tcp://{parts}", UriKind.Absolute, out var address) && address.AbsolutePath.Length <= 1 && Uri.CheckHostName(address.Host) != UriHostNameType.Unknown
            ? (address.Host.Trim('[', ']'), address.Port < 0 ? usualPort : address.Port)
            : throw Wrong($"--syslog {text}: not an address like 10.0.0.5:1514");
    }

    private (string? Certificate, string? Key) Own()
    {
        if (Certificate is null && Key is null)
            return (null, null);
        if (Certificate is null || Key is null || Authority is null)
            throw Wrong("--cert, --key and --ca belong together: the sender's certificate, its key, and who signed Reeve's");
        var (certificate, key) = (Path.GetFullPath(Certificate), Path.GetFullPath(Key));
        foreach (var (option, path) in ((string, string)[])[("--cert", certificate), ("--key", key)])
        {
            if (!AuditChain.IsPath(path))
                throw Wrong($"{option} {path}: the path has characters that do not stand in all generated files; letters, digits, '.', '_' and '-' do");
        }

        return (certificate, key);
    }

    private string Url(WayNeeds needs)
    {
        var url = Address(Server ?? throw Wrong("say where Reeve is: --server https://HOST:PORT, or the variable REEVE_URL"));
        if (url.Scheme != Uri.UriSchemeHttps && needs == WayNeeds.Https)
            throw Wrong($"--server {Server}: kube-apiserver sends its token over https only; give Reeve a certificate (listen.tls)");
        if (url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback)
            throw Wrong($"--server {Server}: over http the token and all events could be read on the way; give Reeve a certificate (listen.tls)");
        return url.GetLeftPart(UriPartial.Authority);
    }

    private static Uri Address(string server) =>
        Uri.TryCreate(server, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.AbsolutePath == "/" && url.Query.Length == 0
            ? url
            : throw Wrong($"--server {server}: not an address like https://reeve.example.com:8443");

    private static string Token(string file)
    {
        var token = File.ReadAllText(file).Trim();
        return token.Length is > 0 and < 1_000 && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            ? token
            : throw Wrong($"{file}: this is no token; it holds what reeve token create --cluster printed, and nothing else");
    }

    private static string Pem(string file)
    {
        var path = Path.GetFullPath(file);
        if (!AuditChain.IsPath(path))
            throw Wrong($"--ca {path}: the path has characters that do not stand in all generated files; letters, digits, '.', '_' and '-' do");
        var pem = File.ReadAllText(path);
        return pem.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal) && !pem.Contains("PRIVATE KEY", StringComparison.Ordinal)
            ? pem
            : throw Wrong($"--ca {file}: this is no file of certificates alone, in PEM");
    }

    // Debian's, or Red Hat's.
    private static string WorkFolder() => !Directory.Exists("/var/spool/rsyslog") && Directory.Exists("/var/lib/rsyslog") ? "/var/lib/rsyslog" : "/var/spool/rsyslog";

    private static CommandFailedException Wrong(string message) => new(ExitCode.WrongUsage, $"{message} (see: reeve setup --help)");
}
