namespace Reeve.Detection.Correlation.Tallies;

/// <summary>How many events. Not thread-safe.</summary>
internal sealed class EventTally : WindowTally
{
    private int _count;

    public override double Amount => _count;

    public override void Add(in Contribution added) => _count++;

    public override void Remove(in Contribution removed) => _count--;

    public override void Clear() => _count = 0;
}
