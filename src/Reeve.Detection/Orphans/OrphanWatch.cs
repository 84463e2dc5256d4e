using System.Buffers;
using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Audit.Requests;
using Reeve.Detection.State;

namespace Reeve.Detection.Orphans;

/// <summary>
/// Finds requests that no answer follows: a RequestReceived, of no long-running request, without a later stage when its lane has come
/// some minutes further, or at the end of a finite log. What comes too late to be waited for is not judged, nor is a lane that shows no
/// answers at all. What is judged depends on the events and their order alone. Not thread-safe.
/// </summary>
/// <param name="patience">How much further.</param>
/// <param name="most">How many requests may wait; beyond it the first one is let go, unjudged.</param>
internal sealed class OrphanWatch(TimeSpan patience, int most)
{
    private const int MostLanes = 10_000;

    private readonly Dictionary<LaneKey, Lane> _lanes = [];
    private readonly Dictionary<UInt128, OpenRequest> _open = [];
    private readonly Dictionary<UInt128, UInt128> _cut = [];
    private (LaneKey Key, Lane Lane)? _last;

    /// <summary>How many were let go because too many waited.</summary>
    public long Unjudged { get; private set; }

    /// <summary>Takes an event.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="context">What the pipeline knows beside it.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="file">The file it stands in.</param>
    /// <param name="orphans">Takes the requests whose time is over.</param>
    public void Observe(AuditEvent auditEvent, EventContext context, ulong sequence, string file, ICollection<OpenRequest> orphans)
    {
        var lane = LaneOf(LaneKey.Of(context));
        if (auditEvent.IsResponse)
        {
            lane.ShowsAnswers = true;
            Close(context.RequestKey);
        }
        else if (AwaitedAnswer.Follows(auditEvent, context) && lane.Latest - context.Time < patience)
        {
            Await(lane, new OpenRequest(context.RequestKey, EventIdentity.CutRequestKey(context.Cluster, auditEvent), sequence, file, context, auditEvent.Raw.ToArray()));
        }

        if (context.Time <= lane.Latest)
            return;
        lane.Latest = context.Time;
        Judge(lane, context.Time.Ticks - patience.Ticks, orphans);
    }

    /// <summary>No more events come.</summary>
    public void Finish(ICollection<OpenRequest> orphans)
    {
        foreach (var lane in _lanes.Values)
            Judge(lane, long.MaxValue, orphans);
    }

    /// <summary>Writes what waits.</summary>
    public void Save(StateWriter to)
    {
        to.Number(_lanes.Count);
        var entry = new ArrayBufferWriter<byte>();
        foreach (var (key, lane) in _lanes)
        {
            to.Texts([key.Source, key.Cluster, key.Host]);
            to.Number(key.Stream);
            to.Time(lane.Latest);
            to.Flag(lane.ShowsAnswers);
            var waiting = lane.Waiting.Where(IsOpen).ToList();
            to.Number(waiting.Count);
            foreach (var request in waiting)
            {
                to.Wide(request.CutKey);
                to.Number((long)request.Sequence);
                to.Text(request.File);
                entry.ResetWrittenCount();
                EventEntry.Write(entry, request.Context, request.Raw);
                to.Bytes(entry.WrittenSpan);
            }
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="StateFormatException">It is cut off or damaged.</exception>
    public void Load(StateReader from)
    {
        var names = new NameCache();
        for (var lanes = from.Number(MostLanes); lanes > 0; lanes--)
        {
            if (from.Texts() is not [var source, var cluster, var host])
                throw from.Damaged("a lane has three names");
            var lane = LaneOf(new LaneKey(source, cluster, host, from.Number()));
            (lane.Latest, lane.ShowsAnswers) = (from.Time(), from.Flag());
            for (var requests = from.Number(int.MaxValue); requests > 0; requests--)
            {
                var (cutKey, sequence, file) = (from.Wide(), (ulong)from.Number(), from.Text());
                if (!EventEntry.TryRead(from.Bytes(), out var context, out var raw, names))
                    throw from.Damaged("a request that waits cannot be read");
                Await(lane, new OpenRequest(context.RequestKey, cutKey, sequence, file, context, raw.ToArray()));
            }
        }
    }

    private Lane LaneOf(LaneKey key)
    {
        if (_last is { } last && last.Key == key)
            return last.Lane;
        if (!_lanes.TryGetValue(key, out var lane))
        {
            if (_lanes.Count == MostLanes)
                Forget(_lanes.MinBy(known => known.Value.Latest));
            _lanes.Add(key, lane = new Lane());
        }

        _last = (key, lane);
        return lane;
    }

    private void Forget(KeyValuePair<LaneKey, Lane> lane)
    {
        Unjudged += lane.Value.Waiting.Count(Close);
        _lanes.Remove(lane.Key);
    }

    private void Await(Lane lane, OpenRequest request)
    {
        if (!_open.TryAdd(request.Key, request))
            return;
        _cut[request.CutKey] = request.Key;
        lane.Waiting.Enqueue(request);
        while (_open.Count > most && lane.Waiting.TryDequeue(out var first))
        {
            if (Close(first))
                Unjudged++;
        }
    }

    private void Judge(Lane lane, long before, ICollection<OpenRequest> orphans)
    {
        while (lane.Waiting.TryPeek(out var first) && (first.Context.Time.Ticks < before || !IsOpen(first)))
        {
            lane.Waiting.Dequeue();
            if (Close(first) && lane.ShowsAnswers)
                orphans.Add(first);
        }
    }

    private bool IsOpen(OpenRequest request) => _open.TryGetValue(request.Key, out var open) && ReferenceEquals(open, request);

    private void Close(UInt128 key)
    {
        if (_open.TryGetValue(key, out var request) || (_cut.TryGetValue(key, out var whole) && _open.TryGetValue(whole, out request)))
            Close(request);
    }

    private bool Close(OpenRequest request)
    {
        if (!IsOpen(request))
            return false;
        _open.Remove(request.Key);
        if (_cut.TryGetValue(request.CutKey, out var last) && last == request.Key)
            _cut.Remove(request.CutKey);
        return true;
    }
}
