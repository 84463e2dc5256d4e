using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reeve.Journaling;
using Reeve.Server.Configuration;

namespace Reeve.Server.Sources.Listening;

/// <summary>Makes sources that listen, whatever is spoken to them.</summary>
internal static class ListeningSourceFactory
{
    /// <summary>What the configuration says of such a source.</summary>
    public static ListeningOptions Options(IServiceProvider provider, SourceConfiguration source, string protocol)
    {
        var clusters = provider.GetRequiredService<ClusterMap>();
        return new()
        {
            Name = source.Name,
            Protocol = protocol,
            Listen = source.Listen!,
            Trust = source.Trust,
            Tls = source.Tls,
            Identify = sender => clusters.Identify(source, sender),
            MapVersion = () => clusters.Version,
        };
    }

    /// <summary>How to make the source anew for each of its runs.</summary>
    /// <param name="provider">What it is made of.</param>
    /// <param name="options">What the configuration says.</param>
    /// <param name="connect">What reads a connection.</param>
    public static Func<ISource> Create(IServiceProvider provider, ListeningOptions options, Func<ByteChannel, Sender, IConnection> connect)
    {
        var senders = provider.GetRequiredService<SenderRegistry>();
        return () => new ListeningSource(
            options,
            connect,
            new(senders),
            new(() => options.Identify(Sender.Unknown), provider.GetRequiredService<SourceRegistry>(), senders, provider.GetRequiredService<Journal>(), options.Tls is not null),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ListeningSource>>());
    }
}
