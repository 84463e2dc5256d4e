using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Journaling;
using Reeve.Server.Configuration;
using Reeve.Server.Pipeline;

namespace Reeve.Server.Sources.Syslog;

/// <summary>Makes sources of type <c>syslog</c>.</summary>
internal static class SyslogSourceFactory
{
    /// <summary>How to make the source anew for each of its runs.</summary>
    public static Func<ISource> Create(IServiceProvider provider, SourceConfiguration source)
    {
        var clusters = provider.GetRequiredService<ClusterMap>();
        var pipeline = provider.GetRequiredService<EventPipeline>();
        var limits = provider.GetRequiredService<EventLimits>();
        var senders = provider.GetRequiredService<SenderRegistry>();
        var troubles = new SyslogTroubles(senders);
        // Shared by all connections: beginning the fingerprint of a tail changes nothing in it.
        var scrubber = new Scrubber(provider.GetRequiredService<ScrubKey>());
        var options = new SyslogSourceOptions
        {
            Name = source.Name,
            Listen = source.Listen!,
            Trust = source.Trust,
            Identify = sender => clusters.Identify(source, sender),
            MapVersion = () => clusters.Version,
        };
        var allowance = new MemoryAllowance(options.MaxHeld);
        return () => new SyslogSource(
            options,
            (socket, peer) => new(socket, peer, options, new(limits, scrubber, allowance), pipeline, troubles),
            troubles,
            new(
                () => clusters.Identify(source, Sender.Unknown),
                provider.GetRequiredService<SourceRegistry>(),
                senders,
                provider.GetRequiredService<Journal>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SyslogSource>>());
    }
}
