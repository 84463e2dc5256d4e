namespace Reeve.Detection.Correlation;

/// <summary>Which requests a rule has counted, so that their other stages do not count again. The older half is forgotten when it is full. Not thread-safe.</summary>
internal sealed class SeenRequests(int most)
{
    private HashSet<(int Rule, UInt128 Request)> _new = [];
    private HashSet<(int Rule, UInt128 Request)> _old = [];

    /// <summary>Those remembered, the older first.</summary>
    public IEnumerable<(int Rule, UInt128 Request)> All => _old.Concat(_new);

    /// <summary>Whether a rule counts a request for the first time; a request without a key always does.</summary>
    public bool Add(int rule, UInt128 request)
    {
        if (request == 0)
            return true;
        if (_old.Contains((rule, request)) || !_new.Add((rule, request)))
            return false;
        if (_new.Count * 2 >= most)
            (_old, _new) = (_new, []);
        return true;
    }
}
