using System.Diagnostics.CodeAnalysis;

namespace Reeve.Server.Pipeline.Findings;

/// <summary>
/// The requests without an answer, <paramref name="most"/> at a time (about 200 bytes each): beyond it the one that was journalled first
/// is forgotten and counted. Keeps what has changed since it was saved last. Not thread-safe.
/// </summary>
internal sealed class OpenRequests(int most)
{
    private readonly Dictionary<UInt128, OpenRequest> _requests = [];
    private readonly Dictionary<UInt128, UInt128> _byCutKey = [];
    private readonly Queue<(UInt128 Key, ulong Sequence)> _order = new();
    private readonly Dictionary<UInt128, OpenRequest> _added = [];
    private readonly HashSet<UInt128> _removed = [];

    public int Count => _requests.Count;

    /// <summary>How many were forgotten, ever.</summary>
    public long Evicted { get; private set; }

    /// <summary>All of them, in no order.</summary>
    public IReadOnlyCollection<OpenRequest> All => _requests.Values;

    /// <summary>Those opened since <see cref="Saved"/> and still open.</summary>
    public IReadOnlyCollection<OpenRequest> Added => _added.Values;

    /// <summary>Those that were open then and are no more.</summary>
    public IReadOnlyCollection<UInt128> Removed => _removed;

    /// <summary>Takes a request from before, in the order of sequences.</summary>
    public void Restore(OpenRequest request)
    {
        _requests[request.Key] = request;
        _byCutKey[request.CutKey] = request.Key;
        _order.Enqueue((request.Key, request.Sequence));
    }

    /// <summary>Opens a request; the same one again changes nothing.</summary>
    public void Open(OpenRequest request)
    {
        if (!_requests.TryAdd(request.Key, request))
            return;
        _byCutKey[request.CutKey] = request.Key;
        _order.Enqueue((request.Key, request.Sequence));
        _added.Add(request.Key, request);
        while (_requests.Count > most && _order.TryDequeue(out var oldest))
        {
            if (IsOpen(oldest.Key, oldest.Sequence) && TryClose(oldest.Key, out _))
                Evicted++;
        }

        if (_order.Count > 2 * most)
            ForgetClosed();
    }

    /// <summary>Closes the request of a key, which may be that of a stage that was cut.</summary>
    public bool TryClose(UInt128 key, [MaybeNullWhen(false)] out OpenRequest request)
    {
        if (!_requests.Remove(key, out request))
            return _byCutKey.TryGetValue(key, out var whole) && whole != key && TryClose(whole, out request);
        if (_byCutKey.TryGetValue(request.CutKey, out var last) && last == request.Key)
            _byCutKey.Remove(request.CutKey);
        if (!_added.Remove(request.Key))
            _removed.Add(request.Key);
        return true;
    }

    /// <summary>Everything is on the disk.</summary>
    public void Saved()
    {
        _added.Clear();
        _removed.Clear();
    }

    private bool IsOpen(UInt128 key, ulong sequence) => _requests.TryGetValue(key, out var request) && request.Sequence == sequence;

    private void ForgetClosed()
    {
        for (var left = _order.Count; left > 0; left--)
        {
            var next = _order.Dequeue();
            if (IsOpen(next.Key, next.Sequence))
                _order.Enqueue(next);
        }
    }
}
