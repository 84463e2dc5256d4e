namespace Reeve.Detection.Correlation;

/// <summary>
/// The window that fired, within its group: true until more is added to the group. What is forgotten at the group's beginning, to hold
/// its limits, is missing here, too. Not thread-safe.
/// </summary>
/// <param name="windows">The windows of its rule.</param>
/// <param name="group">The group.</param>
/// <param name="from">Where in it the window begins.</param>
/// <param name="end">Behind its last event.</param>
/// <param name="added">How many of its last events were not in the window that fired before.</param>
internal sealed class FiredWindow(CorrelationWindows windows, CorrelationGroup group, int from, int end, int added)
{
    // Counted from the group's end, which stays.
    private readonly int _all = group.Count - from;
    private readonly int _behind = group.Count - end;

    /// <summary>Its events, by time, as far as the limits allow.</summary>
    public byte[][] All() => Newest(_all - _behind);

    /// <summary>Those of them that an alert was not told of: few where it was told of the window before, else all.</summary>
    public byte[][] NewTo(long alert)
    {
        var isKnown = group.ToldTo == alert;
        group.ToldTo = alert;
        return isKnown ? Newest(added) : All();
    }

    /// <summary>The last of them.</summary>
    public byte[] Last() => Newest(1)[^1];

    private byte[][] Newest(int count)
    {
        var last = group.Count - _behind;
        return windows.EventsOf(group.Events[Math.Max(0, last - count)..last]);
    }
}
