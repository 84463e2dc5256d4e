namespace Reeve.Server.Sources.Demo;

/// <summary>
/// When what was recorded happens in a telling. Every request has a time of its own there; what belongs to it keeps its distance, so that
/// a request lasts as long as it did. Immutable.
/// </summary>
internal sealed class TimeShift
{
    // Most times inside objects are cut to the second: one that seems to lie before its request may belong to it.
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1);

    private readonly DateTime[] _recorded;
    private readonly TimeSpan[] _shifts;

    /// <summary>Takes when requests were received, and when they are in the telling; ordered by the former.</summary>
    public TimeShift(IReadOnlyList<(DateTime Recorded, DateTime Told)> requests)
    {
        if (requests.Count == 0)
            throw new ArgumentException("a telling without a request", nameof(requests));
        _recorded = [.. requests.Select(request => request.Recorded)];
        _shifts = [.. requests.Select(request => request.Told - request.Recorded)];
    }

    /// <summary>When <paramref name="time"/>, said by a request received at <paramref name="received"/>, is in the telling.</summary>
    public DateTime Tell(DateTime time, DateTime received)
    {
        // What is said of the future moves with the one who says it.
        var until = time + Cut < received ? time + Cut : received;
        var index = Array.BinarySearch(_recorded, until);
        return time + _shifts[index >= 0 ? index : Math.Max(~index - 1, 0)];
    }
}
