using Reeve.Audit.Scrubbing;
using Reeve.Server.Pipeline;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Listening;
using Reeve.Server.Sources.Syslog;
using Reeve.Server.Tests.Sources.Listening;

namespace Reeve.Server.Tests.Sources.Syslog;

/// <summary>A source of plain syslog.</summary>
internal sealed class SyslogHarness(Func<ListeningOptions, ListeningOptions>? with = null) : ListeningHarness("syslog", Connect, with)
{
    private static Func<ByteChannel, Sender, IConnection> Connect(ListeningOptions options, EventPipeline pipeline, SenderRegistry senders)
    {
        var (scrubber, troubles) = (new Scrubber(Key), new SyslogTroubles(senders));
        return (channel, peer) => new SyslogConnection(channel, peer, options, new(Limits, scrubber), new(peer, options, pipeline, troubles), troubles);
    }
}
