using System.Runtime.InteropServices;

namespace Reeve.Detection.Correlation.Tallies;

/// <summary>How many different values. Not thread-safe.</summary>
internal sealed class ValueTally : WindowTally
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public override double Amount => _counts.Count;

    public override void Add(in Contribution added) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, added.Value!, out _)++;

    public override void Remove(in Contribution removed)
    {
        if (--CollectionsMarshal.GetValueRefOrNullRef(_counts, removed.Value!) == 0)
            _counts.Remove(removed.Value!);
    }

    public override void Clear() => _counts.Clear();
}
