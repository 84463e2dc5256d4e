using System.Threading;

namespace Reeve.Server.Pipeline;

/// <summary>
/// Which file sources have journalled everything their files hold at the moment, so that what is missing there is not merely unread.
/// Thread-safe: sources tell, who judges takes snapshots.
/// </summary>
internal sealed class InputEnds
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, InputEnd?> _sources = new(StringComparer.Ordinal);

    /// <summary>A source has more to read, or does not know yet.</summary>
    public void Behind(string source)
    {
        lock (_gate)
            _sources[source] = null;
    }

    /// <summary>A source has read its files to their ends.</summary>
    public void Reach(string source, InputEnd end)
    {
        lock (_gate)
            _sources[source] = end;
    }

    /// <summary>A source cannot be read; nobody waits for it.</summary>
    public void Remove(string source)
    {
        lock (_gate)
            _sources.Remove(source);
    }

    /// <summary>How far each source is now: null for one that is behind.</summary>
    public IReadOnlyDictionary<string, InputEnd?> Snapshot()
    {
        lock (_gate)
            return new Dictionary<string, InputEnd?>(_sources, StringComparer.Ordinal);
    }
}

/// <summary>A moment at which all files of a source were read to their ends.</summary>
/// <param name="Journalled">The journal's position below which everything they held is.</param>
/// <param name="Written">When each file that is still there was last written, UTC, by stream; long ago for one that cannot grow.</param>
internal sealed record InputEnd(ulong Journalled, IReadOnlyDictionary<long, DateTime> Written);
