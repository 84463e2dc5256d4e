namespace Reeve.Detection.Correlation.Tallies;

/// <summary>A percentile of numbers, by the nearest rank: the smallest number that at least so many in a hundred do not exceed. Not thread-safe.</summary>
internal sealed class PercentileTally(double percentile) : WindowTally
{
    private readonly List<double> _sorted = [];

    public override double Amount =>
        _sorted.Count == 0 ? double.NaN : _sorted[Math.Clamp((int)Math.Ceiling(percentile / 100 * _sorted.Count) - 1, 0, _sorted.Count - 1)];

    public override void Add(in Contribution added)
    {
        var at = _sorted.BinarySearch(added.Number);
        _sorted.Insert(at < 0 ? ~at : at, added.Number);
    }

    public override void Remove(in Contribution removed) => _sorted.RemoveAt(_sorted.BinarySearch(removed.Number));

    public override void Clear() => _sorted.Clear();
}
