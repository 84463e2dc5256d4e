using Reeve.Audit.Scrubbing;
using Reeve.Server.Pipeline;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Listening;
using Reeve.Server.Sources.Relp;
using Reeve.Server.Sources.Syslog;
using Reeve.Server.Tests.Sources.Listening;

namespace Reeve.Server.Tests.Sources.Relp;

/// <summary>A source of RELP.</summary>
internal sealed class RelpHarness(Func<ListeningOptions, ListeningOptions>? with = null) : ListeningHarness("relp", Connect, with)
{
    private static Func<ByteChannel, Sender, IConnection> Connect(ListeningOptions options, EventPipeline pipeline, SenderRegistry senders)
    {
        var (scrubber, troubles) = (new Scrubber(Key), new RelpTroubles(senders));
        return (channel, peer) => new RelpConnection(channel, peer, options, new(Limits, scrubber), new(peer, options, pipeline, new(senders)), troubles);
    }
}
