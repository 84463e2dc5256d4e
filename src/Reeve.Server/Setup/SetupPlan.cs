using System.Collections.Immutable;
using System.Globalization;

namespace Reeve.Server.Setup;

/// <summary>The files of a chain from one apiserver to Reeve, which all say the same. Immutable.</summary>
/// <param name="Chain">What they say.</param>
/// <param name="Files">The files.</param>
/// <param name="Next">What to do with them, a line each.</param>
internal sealed record SetupPlan(AuditChain Chain, ImmutableArray<SetupFile> Files, ImmutableArray<string> Next)
{
    /// <summary>Makes them.</summary>
    /// <param name="platform">How Kubernetes runs.</param>
    /// <param name="way">How events travel.</param>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="server">Reeve: an address and port of its syslog listener, or its URL.</param>
    /// <param name="token">A token that may send for this cluster; null to leave a place for it.</param>
    /// <param name="policy">The policy; null for Reeve's own.</param>
    public static SetupPlan Of(SetupPlatform platform, SetupWay way, string cluster, SetupTarget server, string? token, string? policy)
    {
        var chain = new AuditChain
        {
            Cluster = cluster,
            PolicyFile = platform.PolicyFile.Length > 0 ? platform.PolicyFile : new AuditChain { Cluster = cluster }.PolicyFile,
            LogFile = platform.LogFile.Length > 0 ? platform.LogFile : new AuditChain { Cluster = cluster }.LogFile,
            WebhookKubeconfig = way.Name == "webhook" ? way.Path : null,
        };
        var text = policy ?? SetupText.Of("audit-policy.yaml") + "\n";
        var values = Values(chain, server, token, text);
        var files = ImmutableArray.CreateBuilder<SetupFile>();
        if (platform.PolicyFile.Length > 0)
            files.Add(new SetupFile(platform.PolicyFile.TrimStart('/'), text, IsSecret: false));
        if (platform.Template.Length > 0)
            files.Add(new SetupFile(platform.File, SetupText.Of(platform.Template, values) + "\n", IsSecret: false));
        if (way.Template.Length > 0 && platform.IsOwn)
            files.Add(new SetupFile(way.Path.TrimStart('/'), SetupText.Of(way.Template, values) + "\n", IsSecret: way.IsHttps));
        var next = platform.IsOwn ? platform.Next.Concat(way.Next) : platform.Next;
        return new SetupPlan(chain, files.ToImmutable(), [.. next.Select(line => SetupText.Fill(line, values))]);
    }

    private static Dictionary<string, string> Values(AuditChain chain, SetupTarget server, string? token, string policy) => new(StringComparer.Ordinal)
    {
        ["cluster"] = chain.Cluster,
        ["policy"] = chain.PolicyFile,
        ["policytext"] = string.Concat(policy.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"      {line}\n")).TrimEnd('\n'),
        ["log"] = chain.LogFile,
        ["logfolder"] = chain.LogFolder,
        ["maxage"] = Number(chain.MaxAge),
        ["maxbackup"] = Number(chain.MaxBackups),
        ["maxsize"] = Number(chain.MaxSize),
        ["kubeconfig"] = chain.WebhookKubeconfig ?? "",
        ["ca"] = AuditChain.ServerCa,
        ["host"] = server.Host,
        ["port"] = Number(server.Port),
        ["url"] = server.Url,
        ["token"] = token ?? "TOKEN",
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A file of a plan.</summary>
/// <param name="Path">Where it belongs, from the root of the node on; or its name beside the others.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="IsSecret">Whether only its owner may read it.</param>
internal sealed record SetupFile(string Path, string Text, bool IsSecret);

/// <summary>Where Reeve is, for those that send.</summary>
/// <param name="Host">Its address or name.</param>
/// <param name="Port">The port.</param>
/// <param name="Url">The same as the beginning of an https address.</param>
internal sealed record SetupTarget(string Host, int Port, string Url)
{
    /// <summary>Reads <c>host</c>, <c>host:port</c> or <c>https://host:port</c>; null where it is none of them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isHttps">Whether the way sends by HTTPS.</param>
    public static SetupTarget? Parse(string text, bool isHttps)
    {
        var written = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        if (!Uri.TryCreate(written, UriKind.Absolute, out var address) || address.Scheme != "https" || address.Host.Length == 0 || address.PathAndQuery != "/" || address.UserInfo.Length > 0)
            return null;
        var hasPort = written.EndsWith($":{address.Port}", StringComparison.Ordinal) || written.EndsWith($":{address.Port}/", StringComparison.Ordinal);
        var port = hasPort ? address.Port : isHttps ? 443 : 1514;
        return new(address.Host, port, new UriBuilder("https", address.Host, port).Uri.GetLeftPart(UriPartial.Authority));
    }
}
