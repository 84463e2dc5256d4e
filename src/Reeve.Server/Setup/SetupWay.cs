namespace Reeve.Server.Setup;

/// <summary>A way from the apiserver, or from its log, to Reeve.</summary>
/// <param name="Name">What people call it on the command line.</param>
/// <param name="About">What it is and promises, in a few words.</param>
/// <param name="Needs">What it must be told.</param>
/// <param name="Files">Its files.</param>
/// <param name="Steps">What is to be done when they are written.</param>
internal sealed record SetupWay(string Name, string About, WayNeeds Needs, Func<AuditChain, IEnumerable<SetupFile>> Files, Func<AuditChain, IEnumerable<string>> Steps)
{
    /// <summary>All of them, in the order in which they are told.</summary>
    public static IReadOnlyList<SetupWay> All { get; } =
    [
        new("file", "Reeve reads the log on the same machine; loses nothing", WayNeeds.Nothing,
            chain => [Reeve("file-source.yaml", chain)],
            _ => []),
        new("webhook", "the apiserver sends by itself; encrypted, proves delivery, drops after 80 s without Reeve", WayNeeds.Https,
            chain => [new(chain.WebhookKubeconfig!, Text("webhook-kubeconfig.yaml", chain)) { IsSecret = true }],
            _ => []),
        new("rsyslog", "syslog over TCP with a queue on disk; encrypted with --ca, does not prove delivery", WayNeeds.Syslog,
            chain => [new("/etc/rsyslog.d/k8s-audit.conf", Text("rsyslog.conf", chain)), Reeve("reeve-syslog.yaml", chain)],
            chain => [.. chain.AuthorityFile is null ? [] : (string[])["install rsyslog's TLS: apt-get install rsyslog-openssl, or dnf install rsyslog-openssl"], RestartRsyslog(chain)]),
        new("relp", "rsyslog's RELP with a queue on disk; encrypted with --ca, proves delivery", WayNeeds.Relp,
            chain => [new("/etc/rsyslog.d/k8s-audit.conf", Text("rsyslog.conf", chain)), Reeve("reeve-syslog.yaml", chain)],
            chain =>
            [
                "install rsyslog's RELP: apt-get install rsyslog-relp, or dnf install rsyslog-relp",
                .. chain is { AuthorityFile: not null, CertificateFile: null } ? (string[])["mind that librelp compares the name of Reeve's certificate only where it has one of its own (--cert and --key); without, it looks at who signed it"] : [],
                RestartRsyslog(chain),
            ]),
        new("syslog-ng", "the same as rsyslog, by syslog-ng", WayNeeds.Syslog,
            chain => [new("/etc/syslog-ng/conf.d/k8s-audit.conf", Text("syslog-ng.conf", chain)), Reeve("reeve-syslog.yaml", chain)],
            _ => ["check and restart syslog-ng: syslog-ng --syntax-only && systemctl restart syslog-ng"]),
        new("fluent-bit", "HTTP with a queue on disk; encrypted, proves delivery", WayNeeds.Http,
            chain => [new("/etc/fluent-bit/k8s-audit.yaml", Text("fluent-bit.yaml", chain)) { IsSecret = true }],
            chain => [$"run it as root, who may read the log: mkdir -p {chain.StateFolder} && fluent-bit -c /etc/fluent-bit/k8s-audit.yaml"]),
        new("vector", "HTTP with a queue on disk; encrypted, proves delivery", WayNeeds.Http,
            chain => [new("/etc/vector/k8s-audit.yaml", Text("vector.yaml", chain)) { IsSecret = true }],
            chain => [$"run it as root, who may read the log: mkdir -p {chain.StateFolder} && vector --config /etc/vector/k8s-audit.yaml"]),
        new("otel", "OTLP over HTTP with a queue on disk; encrypted, proves delivery", WayNeeds.Http,
            chain => [new("/etc/otelcol-contrib/k8s-audit.yaml", Text("otel.yaml", chain)) { IsSecret = true }],
            _ => ["run it as root, who may read the log: otelcol-contrib --config /etc/otelcol-contrib/k8s-audit.yaml"]),
    ];

    /// <summary>The way of a name; null where there is none.</summary>
    public static SetupWay? Find(string name) => All.FirstOrDefault(way => way.Name == name);

    private static string RestartRsyslog(AuditChain chain) =>
        $"check and restart rsyslog, whose folder {chain.WorkFolder} must exist: rsyslogd -N1 && systemctl restart rsyslog";

    private static SetupFile Reeve(string file, AuditChain chain) => new("reeve.yaml", Text(file, chain)) { IsForReeve = true };

    private static string Text(string file, AuditChain chain) => ChainValues.Fill(file, chain) + "\n";
}

/// <summary>What a way must be told.</summary>
internal enum WayNeeds
{
    /// <summary>Nothing: it does not leave the machine.</summary>
    Nothing,

    /// <summary>Where Reeve takes syslog.</summary>
    Syslog,

    /// <summary>Where it takes RELP.</summary>
    Relp,

    /// <summary>Where Reeve's API is, and a token that sends.</summary>
    Http,

    /// <summary>The same, over https only.</summary>
    Https,
}
