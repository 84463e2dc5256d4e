namespace Reeve.Detection.Correlation.Tallies;

/// <summary>The sum of numbers, or their mean. Not thread-safe.</summary>
internal sealed class SumTally(bool isAverage) : WindowTally
{
    private readonly ExactSum _sum = new();
    private int _count;

    public override double Amount => _count == 0 ? double.NaN : isAverage ? _sum.Value / _count : _sum.Value;

    public override void Add(in Contribution added)
    {
        _sum.Add(added.Number);
        _count++;
    }

    public override void Remove(in Contribution removed)
    {
        _sum.Add(-removed.Number);
        _count--;
    }

    public override void Clear()
    {
        _sum.Clear();
        _count = 0;
    }
}
