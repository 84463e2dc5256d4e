namespace Reeve.Detection.Correlation.Tallies;

/// <summary>
/// How many rules, from the first, matched one after the other. For each place it keeps when the latest row of matches up to there
/// began; the row is in the window as long as its beginning is. Not thread-safe.
/// </summary>
internal sealed class OrderTally : WindowTally
{
    private readonly long[] _began;
    private long _left;

    public OrderTally(int rules)
    {
        _began = new long[rules];
        Clear();
    }

    public override double Amount
    {
        get
        {
            var length = _began.Length;
            while (length > 0 && _began[length - 1] <= _left)
                length--;
            return length;
        }
    }

    public override bool HoldsWithoutBounds => Amount.Equals(_began.Length);

    public override void Add(in Contribution added)
    {
        var began = added.Place == 0 ? added.Ticks : _began[added.Place - 1];
        if (began > _began[added.Place])
            _began[added.Place] = began;
    }

    public override void Remove(in Contribution removed) => _left = removed.Ticks;

    public override void Clear()
    {
        _left = -1;
        Array.Fill(_began, -1);
    }
}
