using Microsoft.Extensions.DependencyInjection;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Server.Configuration;
using Reeve.Server.Pipeline;
using Reeve.Server.Sources.Listening;

namespace Reeve.Server.Sources.Syslog;

/// <summary>Makes sources of type <c>syslog</c>.</summary>
internal static class SyslogSourceFactory
{
    /// <summary>The type in <c>reeve.yaml</c>.</summary>
    public const string Type = "syslog";

    /// <summary>How to make the source anew for each of its runs.</summary>
    public static Func<ISource> Create(IServiceProvider provider, SourceConfiguration source)
    {
        var pipeline = provider.GetRequiredService<EventPipeline>();
        var limits = provider.GetRequiredService<EventLimits>();
        var troubles = new SyslogTroubles(provider.GetRequiredService<SenderRegistry>());
        // Shared by all connections: beginning the fingerprint of a tail changes nothing in it.
        var scrubber = new Scrubber(provider.GetRequiredService<ScrubKey>());
        var options = ListeningSourceFactory.Options(provider, source, "syslog");
        var allowance = new MemoryAllowance(options.MaxHeld);
        return ListeningSourceFactory.Create(provider, options, (channel, peer) => new SyslogConnection(
            channel, peer, options, new(limits, scrubber, allowance), new(peer, options, pipeline, troubles), troubles));
    }
}
