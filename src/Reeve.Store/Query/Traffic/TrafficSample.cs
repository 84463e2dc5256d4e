using System.Runtime.InteropServices;

namespace Reeve.Store.Query.Traffic;

/// <summary>Hours or minutes that are read instead of all.</summary>
/// <param name="Slots">Their beginnings, in seconds since 1970; null where all is read.</param>
/// <param name="Stored">How many events there are in the whole time.</param>
/// <param name="First">The beginning of the first slot with events, UTC.</param>
/// <param name="Last">The end of the last, UTC.</param>
internal sealed record TrafficSample(IReadOnlyList<long>? Slots, long Stored, DateTime First, DateTime Last)
{
    // 2^64 over the golden ratio: steps of it are spread evenly, and never in step with days or hours.
    private const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>Chooses what is within the budget, spread over the whole time.</summary>
    /// <param name="slots">Slots with events, one at least.</param>
    /// <param name="width">How long each is.</param>
    /// <param name="budget">The most bytes to read; one slot is read in any case.</param>
    public static TrafficSample Of(IReadOnlyList<TrafficSlot> slots, TimeSpan width, long budget)
    {
        var stored = slots.Sum(slot => slot.Events);
        var first = DateTime.UnixEpoch.AddSeconds(slots.Min(slot => slot.Start));
        var last = DateTime.UnixEpoch.AddSeconds(slots.Max(slot => slot.Start)) + width;
        if (slots.Sum(slot => slot.Bytes) <= budget)
            return new(null, stored, first, last);
        var chosen = new List<long>();
        var left = budget;
        foreach (var slot in slots.OrderBy(slot => unchecked((ulong)(slot.Start / (long)width.TotalSeconds) * Step)))
        {
            if (chosen.Count > 0 && slot.Bytes > left)
                continue;
            chosen.Add(slot.Start);
            left -= slot.Bytes;
        }

        return new(chosen, stored, first, last);
    }
}

/// <summary>How much lies in an hour or a minute.</summary>
/// <param name="Start">Its beginning, in seconds since 1970.</param>
/// <param name="Events">Events.</param>
/// <param name="Bytes">Their size, in bytes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TrafficSlot(long Start, long Events, long Bytes);
