namespace Reeve.Detection.Correlation.Tallies;

/// <summary>
/// A sum without rounding errors: the same whatever the order, and what was added and taken away again leaves no trace. Shewchuk,
/// Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates (1997), as in Python's <c>fsum</c>. Not thread-safe.
/// </summary>
internal sealed class ExactSum
{
    // Do not overlap, smallest first; seldom more than three.
    private readonly List<double> _parts = [];

    /// <summary>The sum, rounded once.</summary>
    public double Value
    {
        get
        {
            var sum = 0.0;
            foreach (var part in _parts)
                sum += part;
            return sum;
        }
    }

    /// <summary>Adds a number, of at most 1e300 so that no sum of a window overflows.</summary>
    public void Add(double number)
    {
        var kept = 0;
        foreach (var part in _parts.ToArray())
        {
            var (large, small) = Math.Abs(number) >= Math.Abs(part) ? (number, part) : (part, number);
            number = large + small;
            var lost = small - (number - large);
            if (lost != 0)
                _parts[kept++] = lost;
        }

        _parts.RemoveRange(kept, _parts.Count - kept);
        if (number != 0)
            _parts.Add(number);
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => _parts.Clear();
}
