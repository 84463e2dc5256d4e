using Reeve.Audit;
using Reeve.Audit.Requests;

namespace Reeve.Server.Pipeline.Findings;

/// <summary>All lanes. Senders choose their hosts' names, so there are <paramref name="most"/> and no more. Not thread-safe.</summary>
/// <param name="most">Beyond it, the quarter whose last events are the oldest is forgotten.</param>
internal sealed class Lanes(int most)
{
    private readonly Dictionary<LaneKey, Lane> _byKey = [];
    private readonly Dictionary<int, Lane> _byId = [];
    private readonly HashSet<Lane> _changed = [];
    private readonly List<int> _forgotten = [];
    private int _next = 1;
    private Lane? _last;

    /// <summary>The lanes that have moved since <see cref="Saved"/>.</summary>
    public IReadOnlyCollection<Lane> Changed => _changed;

    /// <summary>The ids of those that were forgotten since then.</summary>
    public IReadOnlyCollection<int> Forgotten => _forgotten;

    /// <summary>The lane of an id; null where it was forgotten.</summary>
    public Lane? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>Moves the lane of an event on; a new one is made where there is none.</summary>
    public Lane Advance(ulong sequence, EventContext context)
    {
        var key = LaneKey.Of(context);
        // Most events come in the lane of the one before.
        if (_last is { } lane && lane.Key == key)
        {
            lane.Advance(sequence, context);
            return lane;
        }

        if (!_byKey.TryGetValue(key, out lane))
        {
            if (_byKey.Count >= most)
                Forget();
            Add(lane = new Lane(_next, key));
        }

        _last = lane;
        lane.Advance(sequence, context);
        _changed.Add(lane);
        return lane;
    }

    /// <summary>Takes a lane from before.</summary>
    public void Add(Lane lane)
    {
        _byKey.Add(lane.Key, lane);
        _byId.Add(lane.Id, lane);
        _next = Math.Max(_next, lane.Id + 1);
    }

    /// <summary>Everything is on the disk.</summary>
    public void Saved()
    {
        _changed.Clear();
        _last = null;
        _forgotten.Clear();
    }

    private void Forget()
    {
        foreach (var lane in _byKey.Values.OrderBy(lane => lane.Sequence).Take(Math.Max(1, most / 4)).ToList())
        {
            _byKey.Remove(lane.Key);
            _byId.Remove(lane.Id);
            _changed.Remove(lane);
            _forgotten.Add(lane.Id);
        }
    }
}
