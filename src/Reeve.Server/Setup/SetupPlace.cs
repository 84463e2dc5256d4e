using System.Globalization;
using System.Net;
using Reeve.Server.Configuration;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Relp;
using Reeve.Server.Sources.Syslog;

namespace Reeve.Server.Setup;

/// <summary>Where this server can be reached, for lines that are written for its senders.</summary>
/// <param name="Url">The address of pages and API as senders write it, without a slash at its end.</param>
/// <param name="Elsewhere">The same for senders on other machines, once it is open to them.</param>
/// <param name="IsHttpOpen">Whether other machines can reach it.</param>
/// <param name="Syslog">The listener for syslog; null where none is configured.</param>
public sealed record SetupPlace(string Url, string Elsewhere, bool IsHttpOpen, SyslogPlace? Syslog)
{
    private const int DefaultSyslogPort = 1514;

    /// <summary>The port of pages and API.</summary>
    public string HttpPort => new Uri(Url).Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether an apiserver would send its token there: it does so over https only.</summary>
    public bool IsHttps => Url.StartsWith("https:", StringComparison.Ordinal);

    /// <summary>Finds out.</summary>
    /// <param name="configuration">What the server was told.</param>
    /// <param name="sources">What the sources report, the ports they really got among it.</param>
    /// <param name="opened">The address by which the person opened the page.</param>
    /// <param name="machine">This machine's name, for senders elsewhere where the person is on this machine.</param>
    internal static SetupPlace Of(ReeveConfiguration configuration, IReadOnlyList<SourceStatus> sources, Uri opened, string machine)
    {
        var isOpen = !configuration.Listen.Http.IsLoopback;
        var elsewhere = opened.IsLoopback ? machine : opened.Host;
        return new(With(opened, isOpen ? elsewhere : opened.Host), With(opened, elsewhere), isOpen, SyslogOf(configuration, sources, elsewhere));
    }

    private static string With(Uri opened, string host) => new UriBuilder(opened) { Host = host }.Uri.GetLeftPart(UriPartial.Authority);

    private static SyslogPlace? SyslogOf(ReeveConfiguration configuration, IReadOnlyList<SourceStatus> sources, string elsewhere)
    {
        // The one that others can reach, where there are several, and of those RELP, which loses nothing.
        var source = configuration.Sources.Where(source => source.Type is SyslogSourceFactory.Type or RelpSourceFactory.Type)
            .OrderBy(source => source.Listen is { IsLoopback: true }).ThenBy(source => source.Type == SyslogSourceFactory.Type).FirstOrDefault();
        if (source is null)
            return null;
        var status = sources.FirstOrDefault(status => status.Name == source.Name);
        var bound = IPEndPoint.TryParse(status?.Listen ?? "", out var found) ? found : null;
        var address = bound?.Address ?? source.Listen?.Address ?? IPAddress.Loopback;
        var host = IPAddress.IsLoopback(address) ? "127.0.0.1"
            : address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? elsewhere : address.ToString();
        return new(source.Name, host, bound?.Port ?? source.Listen?.Port ?? DefaultSyslogPort, !IPAddress.IsLoopback(address), status is { State: SourceState.Failed } ? status.Message : null)
        {
            Type = source.Type,
            IsTls = source.Tls is not null,
        };
    }
}

/// <summary>A listener for syslog, or for RELP.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="Host">What senders write as its host.</param>
/// <param name="Port">Its port.</param>
/// <param name="IsOpen">Whether other machines can reach it.</param>
/// <param name="Failure">Why it does not listen; null where it does.</param>
public sealed record SyslogPlace(string Name, string Host, int Port, bool IsOpen, string? Failure)
{
    /// <summary>The type of the source: <c>syslog</c>, or <c>relp</c>.</summary>
    public string Type { get; init; } = SyslogSourceFactory.Type;

    /// <summary>Whether it takes TLS only.</summary>
    public bool IsTls { get; init; }
}
