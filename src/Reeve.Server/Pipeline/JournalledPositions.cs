using System.Threading;
using Reeve.Audit;

namespace Reeve.Server.Pipeline;

/// <summary>How far each source was journalled since the server started. Thread-safe.</summary>
internal sealed class JournalledPositions
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<long, (long Offset, long Line)>> _positions = new(StringComparer.Ordinal);

    /// <summary>Notes the last records of a batch that was numbered.</summary>
    public void Add(string source, IReadOnlyDictionary<long, RecordOrigin> last)
    {
        lock (_gate)
        {
            if (!_positions.TryGetValue(source, out var streams))
                _positions[source] = streams = [];
            foreach (var (stream, origin) in last)
                streams[stream] = (origin.End, origin.Line);
        }
    }

    /// <summary>The last position of every stream of a source, by stream.</summary>
    public IReadOnlyDictionary<long, (long Offset, long Line)> Of(string source)
    {
        lock (_gate)
            return _positions.TryGetValue(source, out var streams) ? streams.ToDictionary() : [];
    }
}
