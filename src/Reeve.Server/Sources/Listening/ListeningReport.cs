using System.Globalization;
using Reeve.Journaling;

namespace Reeve.Server.Sources.Listening;

/// <summary>Tells the registry what a source that listens is doing. Thread-safe.</summary>
/// <param name="identify">Which source it is, and the cluster of senders that nothing is known of.</param>
/// <param name="registry">Who is told.</param>
/// <param name="senders">What the source delivered.</param>
/// <param name="journal">Whether it has room.</param>
/// <param name="isEncrypted">Whether it takes TLS only.</param>
internal sealed class ListeningReport(Func<SourceIdentity> identify, SourceRegistry registry, SenderRegistry senders, Journal journal, bool isEncrypted = false)
{
    private int _connections;
    private long _refused;

    /// <summary>How many connections are open.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Counts a connection that is read.</summary>
    public void Connected() => Interlocked.Increment(ref _connections);

    /// <summary>Counts the end of one.</summary>
    public void Disconnected() => Interlocked.Decrement(ref _connections);

    /// <summary>Counts one that was closed at once.</summary>
    public void Refused() => Interlocked.Increment(ref _refused);

    /// <summary>Reports the state.</summary>
    /// <param name="listen">Where it listens.</param>
    public void Update(string listen)
    {
        var source = identify();
        var totals = senders.TotalsOf(source.Name);
        var blocked = journal.Status.Blocked?.Message;
        registry.Report(new(
            source.Name,
            source.Kind,
            source.Cluster,
            blocked is null ? SourceState.Following : SourceState.Waiting,
            totals.Events,
            totals.LastEvent,
            Message: blocked ?? Message(listen, totals.Events),
            Duplicates: totals.Duplicates,
            Unreadable: totals.Unreadable,
            Truncated: totals.Cut,
            Listen: listen,
            IsEncrypted: isEncrypted));
    }

    /// <summary>Reports that the source ended.</summary>
    public void Failed(string reason)
    {
        var source = identify();
        registry.Report(new(source.Name, source.Kind, source.Cluster, SourceState.Failed, senders.TotalsOf(source.Name).Events, Message: reason));
    }

    private string Message(string listen, long events)
    {
        var connections = Connections switch
        {
            0 when events == 0 => $"waits for the first event on {listen}",
            0 => $"nobody is connected to {listen}",
            1 => "1 connection",
            var several => string.Create(CultureInfo.InvariantCulture, $"{several:N0} connections"),
        };
        return Volatile.Read(ref _refused) is > 0 and var refused
            ? string.Create(CultureInfo.InvariantCulture, $"{connections}; {refused:N0} closed at once, for the reasons that their senders show")
            : connections;
    }
}
