using Microsoft.Extensions.DependencyInjection;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Server.Configuration;
using Reeve.Server.Pipeline;
using Reeve.Server.Sources.Listening;
using Reeve.Server.Sources.Syslog;

namespace Reeve.Server.Sources.Relp;

/// <summary>Makes sources of type <c>relp</c>.</summary>
internal static class RelpSourceFactory
{
    /// <summary>The type in <c>reeve.yaml</c>.</summary>
    public const string Type = "relp";

    /// <summary>How to make the source anew for each of its runs.</summary>
    public static Func<ISource> Create(IServiceProvider provider, SourceConfiguration source)
    {
        var pipeline = provider.GetRequiredService<EventPipeline>();
        var limits = provider.GetRequiredService<EventLimits>();
        var senders = provider.GetRequiredService<SenderRegistry>();
        var (troubles, frames) = (new SyslogTroubles(senders), new RelpTroubles(senders));
        // Shared by all connections: beginning the fingerprint of a tail changes nothing in it.
        var scrubber = new Scrubber(provider.GetRequiredService<ScrubKey>());
        var options = ListeningSourceFactory.Options(provider, source, "RELP");
        var allowance = new MemoryAllowance(options.MaxHeld);
        return ListeningSourceFactory.Create(provider, options, (channel, peer) => new RelpConnection(
            channel, peer, options, new(limits, scrubber, allowance), new(peer, options, pipeline, troubles), frames));
    }
}
